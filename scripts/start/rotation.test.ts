import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { decode, encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startCluster, type Cluster } from "../postgres/cluster.ts";
import { projectPath } from "./paths.ts";

const home = projectPath(".data", `test rotation ${process.pid}`);
const [first, second] = [randomBytes(48).toString("base64"), randomBytes(48).toString("base64")];
let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster({ home, throwaway: true });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

/** The modules as a process with these secrets would load them. */
async function startedWith(secret: string, previous: string) {
  vi.resetModules();
  const [{ migrate }, { closePools }, { rotateEncryptionKey }, fixtures, twoFactor, rules, authAccess, schema, encryption, trustedDevice, secrets, { newSiteWithSecret, secretsOfSite }] = await Promise.all([
    import("@/db/migrate"),
    import("@/db/client"),
    import("@/lib/key-rotation/commands"),
    import("@/lib/testing/fixtures"),
    import("@/lib/two-factor/queries"),
    import("@/lib/two-factor/rules"),
    import("@/db/auth-access"),
    import("@/db/schema"),
    import("@/lib/kernel/encryption"),
    import("@/lib/web/trusted-device"),
    import("@/lib/kernel/secrets"),
    import("@/lib/testing/site-secrets"),
  ]);
  vi.stubEnv("DATABASE_URL", cluster.url);
  vi.stubEnv("SIGNALBOX_SECRET", secret);
  vi.stubEnv("SIGNALBOX_SECRET_PREVIOUS", previous);
  await closePools();
  return { start: () => migrate(cluster.url), closePools, rotateEncryptionKey, ...fixtures, ...twoFactor, ...rules, ...authAccess, ...schema, ...encryption, ...trustedDevice, ...secrets, newSiteWithSecret, secretsOfSite };
}

test("CRY-1, REL-11: after a rotation with both secrets, the new secret alone decrypts everything", async () => {
  const before = await startedWith(first, "");
  await before.start();
  const { id } = await before.newAccount();
  const site = await before.newSiteWithSecret("mxedge.radsec.auth_secret", "shared-9f27");
  const mailId = "0199aaaa-0000-7000-8000-000000000001";
  await before.withAuthScope({ accountId: id }, async (tx) => {
    await tx.insert(before.totpCredentials).values({ accountId: id, encryptedSecret: before.encrypt("seed", before.totpAad(id)) });
    const encryptedProps = before.encrypt('"props"', `email_outbox/${mailId}`);
    await tx.insert(before.emailOutbox).values({ id: mailId, template: "account-deleted", recipient: "a@example.test", encryptedProps });
  });
  await before.closePools();

  const wrong = await startedWith(second, "");
  await expect(wrong.start()).rejects.toThrow("set SIGNALBOX_SECRET_PREVIOUS");

  const both = await startedWith(second, first);
  await both.start();
  expect(await both.getPendingTotpSecret(id)).toBe("seed");
  expect(await both.rotateEncryptionKey()).toEqual({ reencrypted: 3, undecryptable: 0 });
  expect(await both.rotateEncryptionKey()).toEqual({ reencrypted: 0, undecryptable: 0 });
  await both.closePools();

  const after = await startedWith(second, "");
  await after.start();
  expect(await after.getPendingTotpSecret(id)).toBe("seed");
  expect(await after.secretsOfSite(site)).toEqual({ "mxedge.radsec.auth_secret": "shared-9f27" });
  const [mail] = await after.withWorkerScope((tx) => tx.select({ sealed: after.emailOutbox.encryptedProps }).from(after.emailOutbox));
  expect(after.decrypt(mail?.sealed ?? Buffer.alloc(0), `email_outbox/${mailId}`)).toBe('"props"');
  await after.closePools();

  const old = await startedWith(first, "");
  await expect(old.start()).rejects.toThrow("SIGNALBOX_SECRET is not the secret of this database");
  await expect(old.getPendingTotpSecret(id)).rejects.toThrow();
  await old.closePools();
});

test("CRY-1, AUT-6: a trusted device is recognized with both secrets, and renewed with the new one", async () => {
  const email = "ada@example.test";
  const cookie = (await startedWith(first, "")).addTrustedAccount(email, undefined);
  const both = await startedWith(second, first);
  expect(both.trustedDeviceId(email, cookie)).not.toBeNull();
  const renewed = both.addTrustedAccount(email, cookie);
  const after = await startedWith(second, "");
  expect(after.trustedDeviceId(email, renewed)).toBe(both.trustedDeviceId(email, cookie));
  expect(after.trustedDeviceId(email, cookie)).toBeNull();
});

test("CRY-1, SES-2: sessions from before the rotation stay valid while the previous secret is set", async () => {
  const salt = "__Host-signalbox.session";
  const envelopeKeys = ({ deriveKeys }: Awaited<ReturnType<typeof startedWith>>) => deriveKeys("session envelope").map((key) => key.toString("base64"));
  const token = await encode({ token: { sessionId: "1" }, secret: envelopeKeys(await startedWith(first, "")), salt });
  expect(await decode({ token, secret: envelopeKeys(await startedWith(second, first)), salt })).toMatchObject({ sessionId: "1" });
  await expect(decode({ token, secret: envelopeKeys(await startedWith(second, "")), salt })).rejects.toThrow();
});
