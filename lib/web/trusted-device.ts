import { createHmac } from "node:crypto";
import { deriveKeys, generateSecret, constantTimeEqual } from "@/lib/kernel/secrets";

const maxAccounts = 5;

const accountProofs = (accountId: string, deviceId: string) =>
  deriveKeys("known browser").map((key) => createHmac("sha256", key).update(`${deviceId} ${accountId}`).digest("base64url"));

const parseEntries = (cookie: string | undefined) =>
  (cookie ?? "")
    .slice(0, 1_000)
    .split("~")
    .flatMap((entry) => {
      const [, deviceId = "", proof = ""] = /^([\w-]{22})\.([\w-]{43})$/.exec(entry) ?? [];
      return deviceId ? [{ deviceId, proof }] : [];
    });

/** Returns the device id when the account has signed in on this device before; the cookie contains no account ids. */
export function trustedDeviceId(accountId: string, cookie: string | undefined): string | null {
  const known = parseEntries(cookie).find(({ deviceId, proof }) => accountProofs(accountId, deviceId).some((own) => constantTimeEqual(proof, own)));
  return known?.deviceId ?? null;
}

/** Returns the cookie value with the account added; the last five accounts are kept. */
export function addTrustedAccount(accountId: string, cookie: string | undefined): string {
  const deviceId = trustedDeviceId(accountId, cookie) ?? generateSecret(16);
  const [proof = ""] = accountProofs(accountId, deviceId);
  return serializeEntries([{ deviceId, proof }, ...withoutDevice(deviceId, cookie)]);
}

/** Returns the cookie value without the account, or null when none is left. */
export function removeTrustedAccount(accountId: string, cookie: string | undefined): string | null {
  return serializeEntries(withoutDevice(trustedDeviceId(accountId, cookie), cookie)) || null;
}

const withoutDevice = (deviceId: string | null, cookie: string | undefined) =>
  parseEntries(cookie).filter((entry) => entry.deviceId !== deviceId);

const serializeEntries = (known: { deviceId: string; proof: string }[]) =>
  known
    .slice(0, maxAccounts)
    .map(({ deviceId, proof }) => `${deviceId}.${proof}`)
    .join("~");
