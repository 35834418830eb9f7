import { createHmac, hkdfSync, pbkdf2Sync, createHash, randomBytes } from "node:crypto";
import { env, activeSecrets } from "@/lib/env";
import type { DatabaseRole } from "@/db/roles";

export const databaseRoleName = (role: DatabaseRole) => `signalbox_${role}`;

const deriveKey = (purpose: string, bytes: number, secret = env().SIGNALBOX_SECRET) =>
  Buffer.from(hkdfSync("sha256", secret, "", purpose, bytes));

/** Identifies the installation's secret in a database without revealing it. */
export const secretFingerprint = (secret?: string) => `Signalbox ${deriveKey("secret fingerprint", 8, secret).toString("hex")}`;

/** Fingerprints of the current and the previous secret. */
export const secretFingerprints = () => activeSecrets().map(secretFingerprint);

/** The password of a database role, derived from the installation's secret. */
export const databaseRolePassword = (role: DatabaseRole) => deriveKey(`database role ${role}`, 32).toString("base64url");

/** DATABASE_URL with the role's own name and password. */
export function databaseUrl(role: DatabaseRole): string {
  const url = new URL(env().DATABASE_URL);
  url.username = databaseRoleName(role);
  url.password = databaseRolePassword(role);
  return url.toString();
}

/** A SCRAM-SHA-256 verifier (RFC 5803): the password itself never reaches a server log. */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const sign = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const storedKey = createHash("sha256").update(sign(salted, "Client Key")).digest("base64");
  const serverKey = sign(salted, "Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
