import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { activeSecrets } from "@/lib/env";
import { deriveKeys } from "@/lib/kernel/secrets";

/** An Ed25519 key of this installation; `publicKey` is its SPKI in base64. */
export type SigningKey = { publicKey: string; sign: (content: Buffer) => string };

// PKCS #8 around the 32 bytes of an Ed25519 private key (RFC 8410).
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

const privateKeyOf = (seed: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });

/** Derives the keys for one purpose, current first, then the previous one, whose signatures still count. */
export const signingKeys = (purpose: string, secrets = activeSecrets()): SigningKey[] =>
  deriveKeys(purpose, secrets).map((seed) => {
    const privateKey = privateKeyOf(seed);
    const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64");
    return { publicKey, sign: (content) => sign(null, content, privateKey).toString("base64") };
  });
