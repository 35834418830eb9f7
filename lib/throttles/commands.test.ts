import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { throttles } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { newAddress } from "@/lib/testing/visitors";
import { forgive, giveBack, reserve } from "@/lib/throttles/commands";
import { type LimitName, networkOf } from "@/lib/throttles/rules";
import type { Fault } from "@/lib/vocabulary/fault";

const saidOf = (reserved: Promise<void>) =>
  reserved.then(
    () => "counted",
    ({ code, message, retryAfterSeconds }: Fault) => ({ code, message, retryAfterSeconds }),
  );

const attempt = (name: LimitName, who: string) => saidOf(asVisitor({}, (tx) => reserve(tx, name, who)));

/** Two tries at one moment, however long they take: within a transaction the database's clock stands still. */
const twice = (name: LimitName, who: string) =>
  asVisitor({}, async (tx) => [await saidOf(reserve(tx, name, who)), await saidOf(reserve(tx, name, who))] as const);

// Only rows just touched by this test lie before this moment; the others of the table are moved just the same.
const later = (key: string, minutes: number) =>
  asVisitor({}, (tx) =>
    tx
      .update(throttles)
      .set({
        lastAt: sql`${throttles.lastAt} - make_interval(mins => ${minutes})`,
        windowStartedAt: sql`${throttles.windowStartedAt} - make_interval(mins => ${minutes})`,
      })
      .where(sql`${throttles.key} = ${key}`),
  );

const keysSince = (known: readonly string[]) =>
  asVisitor({}, async (tx) => (await tx.select({ key: throttles.key }).from(throttles)).map(({ key }) => key).filter((key) => !known.includes(key)));

/** The key under which one name's tries are counted, found by counting one. */
async function keyOf(name: LimitName, who: string): Promise<string> {
  const before = await keysSince([]);
  await attempt(name, who);
  const [key = ""] = (await keysSince(before)).filter((candidate) => candidate.startsWith(`${name}:`));
  return key;
}

test("AUT-5: a hundred and one tries at once count ten at most", async () => {
  const who = newAddress();
  const outcomes = await Promise.all(Array.from({ length: 101 }, () => attempt("sign_in", who)));
  const counted = outcomes.filter((outcome) => outcome === "counted").length;
  expect(counted).toBeGreaterThanOrEqual(5);
  expect(counted).toBeLessThanOrEqual(10);
  expect(outcomes.find((outcome) => outcome !== "counted")).toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
});

test("AUT-5: after five failures each further try waits twice as long, and ten are all there are in 15 minutes", async () => {
  const who = newAddress();
  const key = await keyOf("sign_in", who);
  for (let tries = 1; tries < 4; tries += 1) expect(await attempt("sign_in", who)).toBe("counted");
  const waits: number[] = [];
  for (let tries = 5; tries < 10; tries += 1) {
    const [counted, refused] = await twice("sign_in", who);
    expect(counted).toBe("counted");
    waits.push(typeof refused === "object" ? (refused.retryAfterSeconds ?? 0) : 0);
    await later(key, 1);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16]);
  expect(await attempt("sign_in", who)).toBe("counted");
  await later(key, 14);
  expect(await attempt("sign_in", who)).toMatchObject({ code: "busy" });
  await later(key, 1);
  expect(await attempt("sign_in", who)).toBe("counted");
});

test("AUT-5, ACC-11: a hundred failures in a row are a hard stop, whatever time passes, and named as one; one success ends it", async () => {
  const who = newAddress();
  const key = await keyOf("sign_in", who);
  for (let tries = 1; tries < 100; tries += 1) {
    await later(key, 16);
    expect(await attempt("sign_in", who)).toBe("counted");
  }
  await later(key, 60 * 24 * 7);
  const message = "There were too many tries, and waiting no longer helps: choose a new password by mail";
  expect(await attempt("sign_in", who), "it names no wait").toEqual({ code: "busy", message, retryAfterSeconds: undefined });
  await asVisitor({}, (tx) => forgive(tx, "sign_in", who));
  expect(await attempt("sign_in", who)).toBe("counted");
});

test("AUT-5: one address makes a hundred failed tries in 15 minutes, and right ones do not count", async () => {
  const who = newAddress();
  for (let tries = 0; tries < 100; tries += 1) expect(await attempt("sign_in_address", who)).toBe("counted");
  expect(await attempt("sign_in_address", who)).toMatchObject({ code: "busy" });
  await asVisitor({}, (tx) => giveBack(tx, "sign_in_address", who));
  expect(await attempt("sign_in_address", who)).toBe("counted");
});

test("LNK-10: of two at once, the one that began first is not refused because the other was faster", async () => {
  const who = newAddress();
  const slower = asVisitor({}, async (tx) => {
    await tx.execute(sql`select now()`);
    expect(await attempt("invite_mail", who)).toBe("counted");
    await reserve(tx, "invite_mail", who);
  });
  await expect(slower).resolves.toBeUndefined();
});

test("AUT-5: keys name nobody", async () => {
  const who = newAddress();
  expect(await keyOf("sign_in", who)).not.toContain(who.slice(0, 8));
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8::1", "2001:db8:0:0"],
  ["2001:0db8:0001::9", "2001:db8:1:0"],
  ["::1", "0:0:0:0"],
  [null, "unknown"],
])("AUT-5: %s counts as the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
