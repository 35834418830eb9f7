import { createHmac } from "node:crypto";
import { derivedKeys, newSecret, sameSecret } from "@/lib/kernel/secret";

const maxAccounts = 5;

const accountProofs = (accountId: string, deviceId: string) =>
  derivedKeys("known browser").map((key) => createHmac("sha256", key).update(`${deviceId} ${accountId}`).digest("base64url"));

const parseEntries = (cookie: string | undefined) =>
  (cookie ?? "")
    .slice(0, 1_000)
    .split("~")
    .flatMap((entry) => {
      const [, deviceId = "", proof = ""] = /^([\w-]{22})\.([\w-]{43})$/.exec(entry) ?? [];
      return deviceId ? [{ deviceId, proof }] : [];
    });

/** Returns the device id when the account has signed in on this device before; the cookie contains no account ids. */
export function browserKnownTo(accountId: string, cookie: string | undefined): string | null {
  const known = parseEntries(cookie).find(({ deviceId, proof }) => accountProofs(accountId, deviceId).some((own) => sameSecret(proof, own)));
  return known?.deviceId ?? null;
}

/** Returns the cookie value with the account added; the last five accounts are kept. */
export function withKnown(accountId: string, cookie: string | undefined): string {
  const deviceId = browserKnownTo(accountId, cookie) ?? newSecret(16);
  const [proof = ""] = accountProofs(accountId, deviceId);
  return serializeEntries([{ deviceId, proof }, ...withoutDevice(deviceId, cookie)]);
}

/** Returns the cookie value without the account, or null when none is left. */
export function withoutKnown(accountId: string, cookie: string | undefined): string | null {
  return serializeEntries(withoutDevice(browserKnownTo(accountId, cookie), cookie)) || null;
}

const withoutDevice = (deviceId: string | null, cookie: string | undefined) =>
  parseEntries(cookie).filter((entry) => entry.deviceId !== deviceId);

const serializeEntries = (known: { deviceId: string; proof: string }[]) =>
  known
    .slice(0, maxAccounts)
    .map(({ deviceId, proof }) => `${deviceId}.${proof}`)
    .join("~");
