import { hash, parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { dummyHash, hashPassword, verifyPassword } from "./hash";

const password = "A kettle, eleven levers and a 🚦";

test("AUT-3: argon2id with 19 MiB of memory and two passes", async () => {
  expect(await hashPassword(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hashPassword(password)).not.toBe(await hashPassword(password));
});

test("AUT-1: all 128 characters are significant, and so is letter case", async () => {
  const long = `${"rail".repeat(31)}lam🚦`;
  const stored = await hashPassword(long);
  expect(await verifyPassword(stored, long)).toEqual({ ok: true, needsRehash: false });
  for (const other of [`${"rail".repeat(31)}lam🚧`, long.slice(0, -2), long.toUpperCase(), `${long} `]) {
    expect((await verifyPassword(stored, other)).ok).toBe(false);
  }
});

test("AUT-1: equivalent Unicode forms of a password match (NFKC)", async () => {
  const stored = await hashPassword("café ｒail ﬁve");
  expect((await verifyPassword(stored, "cafe\u0301 rail five")).ok).toBe(true);
});

test("AUT-3: a hash with weaker parameters needs a rehash, one with stronger parameters does not", async () => {
  const weaker = await hash(password, { memoryCost: 8_192, timeCost: 2, parallelism: 1 });
  const stronger = await hash(password, { memoryCost: 32_768, timeCost: 3, parallelism: 1 });
  expect(await verifyPassword(weaker, password)).toEqual({ ok: true, needsRehash: true });
  expect(await verifyPassword(weaker, "something else")).toEqual({ ok: false, needsRehash: false });
  expect(await verifyPassword(stronger, password)).toEqual({ ok: true, needsRehash: false });
});

test("AUT-7: without an account a dummy hash of the same cost is verified", async () => {
  expect(parseOptions(dummyHash)).toEqual(parseOptions(await hashPassword(password)));
  for (const typed of [password, "", dummyHash]) expect(await verifyPassword(null, typed)).toEqual({ ok: false, needsRehash: false });
});

test("INP-4: very long passwords and unusual characters are just wrong passwords", async () => {
  const stored = await hashPassword(password);
  for (const input of ["x".repeat(10_000_000), "\0", "\ud800", ""]) {
    expect((await verifyPassword(stored, input)).ok).toBe(false);
  }
});

test("four hashes run at once, 64 are queued, and further ones fail with busy", async () => {
  const results = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(null, password)));
  const rejected = results.filter((answer) => answer.status === "rejected");
  expect(rejected).toHaveLength(2);
  expect(rejected.map(({ reason }) => reason.code)).toEqual(["busy", "busy"]);
  expect((await verifyPassword(null, password)).ok).toBe(false);
});

test("AUT-5, AUT-6: one account in a loop uses at most two slots and eight queue places", async () => {
  const loop = Promise.allSettled(Array.from({ length: 60 }, (_, at) => verifyPassword(null, password, ["loop", `network ${at}`])));
  const others = await Promise.all(Array.from({ length: 8 }, (_, at) => verifyPassword(null, password, [`person ${at}`])));
  expect(others).toHaveLength(8);
  const outcomes = await loop;
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(Array.from({ length: 52 }, () => "busy"));
  await expect(verifyPassword(null, password, ["loop"])).resolves.toMatchObject({ ok: false });
});
