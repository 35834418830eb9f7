import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { decode, encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startCluster, type Cluster } from "../postgres/cluster.ts";
import { inside } from "./paths.ts";

const home = inside(".data", `test rotation ${process.pid}`);
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
  vi.stubEnv("DATABASE_URL", cluster.url);
  vi.stubEnv("SIGNALBOX_SECRET", secret);
  vi.stubEnv("SIGNALBOX_SECRET_PREVIOUS", previous);
  vi.resetModules();
  const [{ migrate }, { closePools }, { renewSeals }, world, twoFactor, rules, door, schema, seals, browsers, secrets] = await Promise.all([
    import("@/db/migrate"),
    import("@/db/client"),
    import("@/lib/seals/commands"),
    import("@/lib/testing/world"),
    import("@/lib/two-factor/queries"),
    import("@/lib/two-factor/rules"),
    import("@/db/second-door"),
    import("@/db/schema"),
    import("@/lib/kernel/seal"),
    import("@/lib/web/known-browser"),
    import("@/lib/kernel/secret"),
  ]);
  await closePools();
  return { start: () => migrate(cluster.url), closePools, renewSeals, ...world, ...twoFactor, ...rules, ...door, ...schema, ...seals, ...browsers, ...secrets };
}

test("CRY-1, REL-11: after a rotation with both secrets, the new secret alone decrypts everything", async () => {
  const before = await startedWith(first, "");
  await before.start();
  const { id } = await before.newPerson();
  const mailId = "0199aaaa-0000-7000-8000-000000000001";
  await before.asVisitor({ accountId: id }, async (tx) => {
    await tx.insert(before.twoFactors).values({ accountId: id, sealedSecret: before.seal("seed", before.placeOf(id)) });
    const sealedProps = before.seal('"props"', `mails/${mailId}`);
    await tx.insert(before.mails).values({ id: mailId, template: "account-deleted", recipient: "a@example.test", sealedProps });
  });
  await before.closePools();

  const wrong = await startedWith(second, "");
  await expect(wrong.start()).rejects.toThrow("set SIGNALBOX_SECRET_PREVIOUS");

  const both = await startedWith(second, first);
  await both.start();
  expect(await both.pendingSeed(id)).toBe("seed");
  expect(await both.renewSeals()).toEqual({ reencrypted: 2, undecryptable: 0 });
  expect(await both.renewSeals()).toEqual({ reencrypted: 0, undecryptable: 0 });
  await both.closePools();

  const after = await startedWith(second, "");
  await after.start();
  expect(await after.pendingSeed(id)).toBe("seed");
  const [mail] = await after.asWorker((tx) => tx.select({ sealed: after.mails.sealedProps }).from(after.mails));
  expect(after.open(mail?.sealed ?? Buffer.alloc(0), `mails/${mailId}`)).toBe('"props"');
  await after.closePools();

  const old = await startedWith(first, "");
  await expect(old.start()).rejects.toThrow("SIGNALBOX_SECRET is not the secret of this database");
  await expect(old.pendingSeed(id)).rejects.toThrow();
  await old.closePools();
});

test("CRY-1, AUT-6: a trusted device is recognized with both secrets, and renewed with the new one", async () => {
  const email = "ada@example.test";
  const cookie = (await startedWith(first, "")).withKnown(email, undefined);
  const both = await startedWith(second, first);
  expect(both.browserKnownTo(email, cookie)).not.toBeNull();
  const renewed = both.withKnown(email, cookie);
  const after = await startedWith(second, "");
  expect(after.browserKnownTo(email, renewed)).toBe(both.browserKnownTo(email, cookie));
  expect(after.browserKnownTo(email, cookie)).toBeNull();
});

test("CRY-1, SES-2: sessions from before the rotation stay valid while the previous secret is set", async () => {
  const salt = "__Host-signalbox.session";
  const envelopeKeys = ({ derivedKeys }: Awaited<ReturnType<typeof startedWith>>) => derivedKeys("session envelope").map((key) => key.toString("base64"));
  const token = await encode({ token: { sessionId: "1" }, secret: envelopeKeys(await startedWith(first, "")), salt });
  expect(await decode({ token, secret: envelopeKeys(await startedWith(second, first)), salt })).toMatchObject({ sessionId: "1" });
  await expect(decode({ token, secret: envelopeKeys(await startedWith(second, "")), salt })).rejects.toThrow();
});
