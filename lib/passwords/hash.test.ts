import { hash, parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { decoy, hashPassword, verifyPassword } from "./hash";

const password = "A kettle, eleven levers and a 🚦";

test("AUT-3: argon2id with 19 MiB and two passes", async () => {
  expect(await hashPassword(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hashPassword(password)).not.toBe(await hashPassword(password));
});

test("AUT-1: every character counts, the case too, up to the 128th", async () => {
  const long = `${"rail".repeat(31)}lam🚦`;
  const stored = await hashPassword(long);
  expect(await verifyPassword(stored, long)).toEqual({ ok: true, stale: false });
  for (const other of [`${"rail".repeat(31)}lam🚧`, long.slice(0, -2), long.toUpperCase(), `${long} `]) {
    expect((await verifyPassword(stored, other)).ok).toBe(false);
  }
});

test("AUT-1: the same password from another keyboard opens (NFKC)", async () => {
  const stored = await hashPassword("café ｒail ﬁve");
  expect((await verifyPassword(stored, "cafe\u0301 rail five")).ok).toBe(true);
});

test("AUT-3: a hash of weaker parameters is stale, one of stronger is not", async () => {
  const weaker = await hash(password, { memoryCost: 8_192, timeCost: 2, parallelism: 1 });
  const stronger = await hash(password, { memoryCost: 32_768, timeCost: 3, parallelism: 1 });
  expect(await verifyPassword(weaker, password)).toEqual({ ok: true, stale: true });
  expect(await verifyPassword(weaker, "something else")).toEqual({ ok: false, stale: false });
  expect(await verifyPassword(stronger, password)).toEqual({ ok: true, stale: false });
});

test("AUT-7: without an account the same work is done, against a hash of the same cost that opens to nothing", async () => {
  expect(parseOptions(decoy)).toEqual(parseOptions(await hashPassword(password)));
  for (const typed of [password, "", decoy]) expect(await verifyPassword(null, typed)).toEqual({ ok: false, stale: false });
});

test("INP-4: a password of megabytes or of odd characters is simply wrong", async () => {
  const stored = await hashPassword(password);
  for (const odd of ["x".repeat(10_000_000), "\0", "\ud800", ""]) {
    expect((await verifyPassword(stored, odd)).ok).toBe(false);
  }
});

test("four hash at a time, 64 wait, the next is told to come back", async () => {
  const asked = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(null, password)));
  const refused = asked.filter((answer) => answer.status === "rejected");
  expect(refused).toHaveLength(2);
  expect(refused.map(({ reason }) => reason.code)).toEqual(["busy", "busy"]);
  expect((await verifyPassword(null, password)).ok).toBe(false);
});

test("AUT-5, AUT-6: one account in a loop leaves two lanes and most places to everybody else", async () => {
  const loop = Promise.allSettled(Array.from({ length: 60 }, (_, at) => verifyPassword(null, password, ["loop", `network ${at}`])));
  const others = await Promise.all(Array.from({ length: 8 }, (_, at) => verifyPassword(null, password, [`person ${at}`])));
  expect(others).toHaveLength(8);
  const outcomes = await loop;
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(Array.from({ length: 52 }, () => "busy"));
  await expect(verifyPassword(null, password, ["loop"])).resolves.toMatchObject({ ok: false });
});
