import { v7 } from "uuid";
import { expect, test } from "vitest";
import { browserKnownTo, withKnown, withoutKnown } from "@/lib/web/known-browser";

const [ada, bo, eve] = [v7(), v7(), v7()];

test("AUT-6: a device is trusted for the accounts that signed in on it, and for no others", () => {
  const cookie = withKnown(ada, undefined);
  expect(browserKnownTo(ada, cookie)).toMatch(/^[\w-]{22}$/);
  expect(browserKnownTo(eve, cookie)).toBeNull();
  expect(cookie).not.toContain(ada);
  const both = withKnown(eve, cookie);
  expect(browserKnownTo(ada, both)).toBe(browserKnownTo(ada, cookie));
  expect(browserKnownTo(eve, both)).toMatch(/^[\w-]{22}$/);
  expect(withKnown(ada, both).split("~")).toHaveLength(2);
});

test("AUT-6: a forged cookie is not trusted, and the cookie stays small", () => {
  const real = withKnown(ada, undefined);
  const forged = `${"A".repeat(22)}.${real.split(".")[1]}`;
  for (const cookie of [forged, "~~~", "x".repeat(9_000), `${real}x`, ""]) expect(browserKnownTo(ada, cookie)).toBeNull();
  let cookie: string | undefined;
  for (let index = 0; index < 20; index += 1) cookie = withKnown(v7(), cookie);
  expect(cookie?.length).toBeLessThan(400);
});

test("AUT-6: removing an account ends the trust for it and keeps the others", () => {
  const cookie = withKnown(ada, withKnown(bo, undefined));
  const left = withoutKnown(ada, cookie);
  expect(browserKnownTo(ada, left ?? undefined)).toBeNull();
  expect(browserKnownTo(bo, left ?? undefined)).toBe(browserKnownTo(bo, cookie));
  expect(withoutKnown(bo, left ?? undefined)).toBeNull();
  expect(withoutKnown(ada, undefined)).toBeNull();
});
