import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rateLimitCounters } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { newEmailAddress } from "@/lib/testing/sign-in";
import { resetLimit, refundLimit, consumeLimit } from "@/lib/kernel/rate-limits";
import { type RateLimitName, ipNetwork } from "@/lib/kernel/rate-limit-config";
import type { AppError } from "@/lib/shared/app-error";

const outcomeOf = (reserved: Promise<void>) =>
  reserved.then(
    () => "counted",
    ({ code, message, retryAfterSeconds }: AppError) => ({ code, message, retryAfterSeconds }),
  );

const attempt = (name: RateLimitName, subject: string) => outcomeOf(withAuthScope({}, (tx) => consumeLimit(tx, name, subject)));

/** Two attempts at the same database time: `now()` is constant within a transaction. */
const attemptTwice = (name: RateLimitName, subject: string) =>
  withAuthScope({}, async (tx) => [await outcomeOf(consumeLimit(tx, name, subject)), await outcomeOf(consumeLimit(tx, name, subject))] as const);

const advanceMinutes = (key: string, minutes: number) =>
  withAuthScope({}, (tx) =>
    tx
      .update(rateLimitCounters)
      .set({
        lastFailureAt: sql`${rateLimitCounters.lastFailureAt} - make_interval(mins => ${minutes})`,
        windowStartedAt: sql`${rateLimitCounters.windowStartedAt} - make_interval(mins => ${minutes})`,
      })
      .where(sql`${rateLimitCounters.key} = ${key}`),
  );

const keysExcept = (known: readonly string[]) =>
  withAuthScope({}, async (tx) => (await tx.select({ key: rateLimitCounters.key }).from(rateLimitCounters)).map(({ key }) => key).filter((key) => !known.includes(key)));

/** The key of a limit and subject, found by counting one attempt. */
async function keyOf(name: RateLimitName, subject: string): Promise<string> {
  const before = await keysExcept([]);
  await attempt(name, subject);
  const [key = ""] = (await keysExcept(before)).filter((candidate) => candidate.startsWith(`${name}:`));
  return key;
}

test("AUT-5: of 101 parallel attempts at most ten are counted", async () => {
  const subject = newEmailAddress();
  const outcomes = await Promise.all(Array.from({ length: 101 }, () => attempt("sign_in", subject)));
  const counted = outcomes.filter((outcome) => outcome === "counted").length;
  expect(counted).toBeGreaterThanOrEqual(5);
  expect(counted).toBeLessThanOrEqual(10);
  expect(outcomes.find((outcome) => outcome !== "counted")).toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
});

test("AUT-5: after five failures the delay doubles with each attempt, and ten attempts are allowed in 15 minutes", async () => {
  const subject = newEmailAddress();
  const key = await keyOf("sign_in", subject);
  for (let tries = 1; tries < 4; tries += 1) expect(await attempt("sign_in", subject)).toBe("counted");
  const waits: number[] = [];
  for (let tries = 5; tries < 10; tries += 1) {
    const [counted, refused] = await attemptTwice("sign_in", subject);
    expect(counted).toBe("counted");
    waits.push(typeof refused === "object" ? (refused.retryAfterSeconds ?? 0) : 0);
    await advanceMinutes(key, 1);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16]);
  expect(await attempt("sign_in", subject)).toBe("counted");
  await advanceMinutes(key, 14);
  expect(await attempt("sign_in", subject)).toMatchObject({ code: "busy" });
  await advanceMinutes(key, 1);
  expect(await attempt("sign_in", subject)).toBe("counted");
});

test("AUT-5, ACC-11: 100 consecutive failures block further attempts however long one waits, until a success", async () => {
  const subject = newEmailAddress();
  const key = await keyOf("sign_in", subject);
  for (let tries = 1; tries < 100; tries += 1) {
    await advanceMinutes(key, 16);
    expect(await attempt("sign_in", subject)).toBe("counted");
  }
  await advanceMinutes(key, 60 * 24 * 7);
  const message = "Too many attempts, and waiting no longer helps: reset your password";
  expect(await attempt("sign_in", subject), "has no retryAfterSeconds").toEqual({ code: "busy", message, retryAfterSeconds: undefined });
  await withAuthScope({}, (tx) => resetLimit(tx, "sign_in", subject));
  expect(await attempt("sign_in", subject)).toBe("counted");
});

test("AUT-5: one network has 100 failed attempts in 15 minutes, and refunded ones do not count", async () => {
  const subject = newEmailAddress();
  for (let tries = 0; tries < 100; tries += 1) expect(await attempt("sign_in_network", subject)).toBe("counted");
  expect(await attempt("sign_in_network", subject)).toMatchObject({ code: "busy" });
  await withAuthScope({}, (tx) => refundLimit(tx, "sign_in_network", subject));
  expect(await attempt("sign_in_network", subject)).toBe("counted");
});

test("LNK-10: a transaction that began earlier is not refused because a later one counted first", async () => {
  const subject = newEmailAddress();
  const earlier = withAuthScope({}, async (tx) => {
    await tx.execute(sql`select now()`);
    expect(await attempt("invite_mail", subject)).toBe("counted");
    await consumeLimit(tx, "invite_mail", subject);
  });
  await expect(earlier).resolves.toBeUndefined();
});

test("AUT-5: keys do not contain the subject", async () => {
  const subject = newEmailAddress();
  expect(await keyOf("sign_in", subject)).not.toContain(subject.slice(0, 8));
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8::1", "2001:db8:0:0"],
  ["2001:0db8:0001::9", "2001:db8:1:0"],
  ["::1", "0:0:0:0"],
  [null, "unknown"],
])("AUT-5: the network of %s is %s", (ip, network) => {
  expect(ipNetwork(ip)).toBe(network);
});
