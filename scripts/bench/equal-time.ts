import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestAccount, requestReset } from "@/lib/accounts/commands";
import { requestAddress } from "@/lib/addresses/commands";
import { signInWithGoogle } from "@/lib/identities/commands";
import { fakeGoogle } from "@/lib/integrations/fake-google";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { offerToEnter } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { signIn } from "@/lib/sessions/commands";
import { deviceOf } from "@/lib/testing/authenticator";
import { configure, newGooglePerson, roadsTo } from "@/lib/testing/google";
import { goodPassword, newAddress, newVisitor, signedInAs } from "@/lib/testing/visitors";
import { newPerson } from "@/lib/testing/world";
import { median, sameSource } from "./stats.ts";

const each = 200;
const first = 20;

type Turn = () => Promise<unknown>;
/** Prepares a question about somebody who has an account, or about nobody; asking it is what is timed. */
type Question = (whom: { id: string; email: string }) => Promise<Turn>;
type Side = { times: number[]; answers: Set<string> };

const google = await fakeGoogle();
const { backFromGoogle } = roadsTo(google);
const rows: Record<string, Record<string, string>> = {};

let passwordHash = "";
beforeAll(async () => {
  configure(google.issuer);
  passwordHash = await hashPassword(goodPassword);
});
afterAll(async () => {
  await google.close();
  console.table(rows);
});

const somebody = () => newPerson({ passwordHash });
const nobody = async () => {
  await somebody();
  return { id: v7(), email: newAddress() };
};

async function ask(side: Side, turn: Turn, counts: boolean) {
  const began = performance.now();
  const answer = await turn().then(
    () => "an answer",
    (refusal: Error) => refusal.message,
  );
  if (!counts) return;
  side.times.push(performance.now() - began);
  side.answers.add(answer);
}

/** Both in turn, now the one first and now the other, so that a machine that changes its pace changes it for both. */
async function compared(name: string, question: Question) {
  const sides = { known: { times: [], answers: new Set() } as Side, unknown: { times: [], answers: new Set() } as Side };
  for (let at = -first; at < each; at += 1) {
    const turns = { known: await question(await somebody()), unknown: await question(await nobody()) };
    for (const who of at % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
      await ask(sides[who], turns[who], at >= 0);
    }
  }
  const [known, unknown] = [median(sides.known.times), median(sides.unknown.times)];
  const chance = sameSource(sides.known.times, sides.unknown.times);
  const inMs = (time: number) => `${time.toFixed(2)} ms`;
  rows[name] = { known: inMs(known), unknown: inMs(unknown), ratio: (known / unknown).toFixed(3), chance: chance.toFixed(3) };
  expect([...sides.known.answers]).toEqual([...sides.unknown.answers]);
  expect(chance > 0.001 || Math.abs(known / unknown - 1) < 0.05, `${name} takes ${inMs(known)} or ${inMs(unknown)}`).toBe(true);
}

const facts = { region: "europe", firstName: "Ada", lastName: "Ode", password: goodPassword, phone: "", terms: "true", analytics: "" };
const handleOf = (accountId: string) => Buffer.from(accountId.replaceAll("-", ""), "hex").toString("base64url");

test("ACC-3, AUT-7: signing in with a wrong password", () =>
  compared("Sign in", async ({ email }) => () => signIn({ email, password: "wrong-password-7" }, { origin: newVisitor() })));

test("ACC-3, AUT-7: forgetting a password", () => compared("Forgot password", async ({ email }) => () => requestReset({ email }, newVisitor())));

test("ACC-3, AUT-7: creating an account", () => compared("Create Account", async ({ email }) => () => requestAccount({ ...facts, email }, newVisitor())));

test("ACC-3, AUT-7: changing the address of an account", () =>
  compared("Change Email", async ({ email }) => {
    const who = await signedInAs(await somebody());
    return () => requestAddress(who, { email });
  }));

test("ACC-3, AUT-7: a Google account that is linked with none here", () =>
  compared("Google", async ({ email }) => {
    const back = await backFromGoogle(newGooglePerson(email));
    return () => signInWithGoogle(back, newVisitor());
  }));

test("ACC-3, AUT-7: a passkey that is kept for none here", async () => {
  const device = await deviceOf(await somebody());
  await compared("Passkey", async ({ id }) => {
    const answer = JSON.stringify(device.get(await offerToEnter(), { handle: handleOf(id) }));
    return () => signInWithPasskey({ answer }, { origin: newVisitor(), begun: null }, { path: null });
  });
});
