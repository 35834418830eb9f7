import { expect, test } from "vitest";
import { browserKnownTo, withKnown, withoutKnown } from "@/lib/web/known-browser";

test("AUT-6: a browser is known to those who signed in from it, and to nobody else", () => {
  const cookie = withKnown("ada@example.test", undefined);
  expect(browserKnownTo("ada@example.test", cookie)).toMatch(/^[\w-]{22}$/);
  expect(browserKnownTo("eve@example.test", cookie)).toBeNull();
  expect(cookie).not.toContain("ada");
  const both = withKnown("eve@example.test", cookie);
  expect(browserKnownTo("ada@example.test", both)).toBe(browserKnownTo("ada@example.test", cookie));
  expect(browserKnownTo("eve@example.test", both)).toMatch(/^[\w-]{22}$/);
  expect(withKnown("ada@example.test", both).split("~")).toHaveLength(2);
});

test("AUT-6: a made-up cookie makes no browser known, and the cookie stays small", () => {
  const real = withKnown("ada@example.test", undefined);
  const forged = `${"A".repeat(22)}.${real.split(".")[1]}`;
  for (const cookie of [forged, "~~~", "x".repeat(9_000), `${real}x`, ""]) expect(browserKnownTo("ada@example.test", cookie)).toBeNull();
  let cookie: string | undefined;
  for (let person = 0; person < 20; person += 1) cookie = withKnown(`person${person}@example.test`, cookie);
  expect(cookie?.length).toBeLessThan(400);
});

test("AUT-6: after a password reset the browser is a stranger's to that address, and still known to the others", () => {
  const cookie = withKnown("ada@example.test", withKnown("bo@example.test", undefined));
  const left = withoutKnown("ada@example.test", cookie);
  expect(browserKnownTo("ada@example.test", left ?? undefined)).toBeNull();
  expect(browserKnownTo("bo@example.test", left ?? undefined)).toBe(browserKnownTo("bo@example.test", cookie));
  expect(withoutKnown("bo@example.test", left ?? undefined)).toBeNull();
  expect(withoutKnown("ada@example.test", undefined)).toBeNull();
});
