import { v7 } from "uuid";
import { expect, test } from "vitest";
import { trustedDeviceId, addTrustedAccount, removeTrustedAccount } from "@/lib/web/trusted-device";

const [ada, bo, eve] = [v7(), v7(), v7()];

test("AUT-6: a device is trusted for the accounts that signed in on it, and for no others", () => {
  const cookie = addTrustedAccount(ada, undefined);
  expect(trustedDeviceId(ada, cookie)).toMatch(/^[\w-]{22}$/);
  expect(trustedDeviceId(eve, cookie)).toBeNull();
  expect(cookie).not.toContain(ada);
  const both = addTrustedAccount(eve, cookie);
  expect(trustedDeviceId(ada, both)).toBe(trustedDeviceId(ada, cookie));
  expect(trustedDeviceId(eve, both)).toMatch(/^[\w-]{22}$/);
  expect(addTrustedAccount(ada, both).split("~")).toHaveLength(2);
});

test("AUT-6: a forged cookie is not trusted, and the cookie stays small", () => {
  const real = addTrustedAccount(ada, undefined);
  const forged = `${"A".repeat(22)}.${real.split(".")[1]}`;
  for (const cookie of [forged, "~~~", "x".repeat(9_000), `${real}x`, ""]) expect(trustedDeviceId(ada, cookie)).toBeNull();
  let cookie: string | undefined;
  for (let index = 0; index < 20; index += 1) cookie = addTrustedAccount(v7(), cookie);
  expect(cookie?.length).toBeLessThan(400);
});

test("AUT-6: removing an account ends the trust for it and keeps the others", () => {
  const cookie = addTrustedAccount(ada, addTrustedAccount(bo, undefined));
  const left = removeTrustedAccount(ada, cookie);
  expect(trustedDeviceId(ada, left ?? undefined)).toBeNull();
  expect(trustedDeviceId(bo, left ?? undefined)).toBe(trustedDeviceId(bo, cookie));
  expect(removeTrustedAccount(bo, left ?? undefined)).toBeNull();
  expect(removeTrustedAccount(ada, undefined)).toBeNull();
});
