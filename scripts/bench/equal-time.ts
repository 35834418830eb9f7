import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestSignUp, requestPasswordReset } from "@/lib/accounts/commands";
import { requestEmailChange } from "@/lib/email-changes/commands";
import { signInWithGoogle } from "@/lib/identities/commands";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { loginOptions } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { signIn } from "@/lib/sessions/commands";
import { newPasskeyDevice } from "@/lib/testing/authenticator";
import { configureGoogle, newFakeGoogleAccount, googleFlows } from "@/lib/testing/google";
import { validPassword, newEmailAddress, newRequestMetadata, newAccountContext } from "@/lib/testing/sign-in";
import { newAccount } from "@/lib/testing/fixtures";
import { median, mannWhitneyP } from "./stats.ts";

const samples = 200;
const warmups = 20;

type Request = () => Promise<unknown>;
/** Prepares a request for an existing or a missing account; only the request is timed. */
type Scenario = (whom: { id: string; email: string }) => Promise<Request>;
type Measurement = { times: number[]; answers: Set<string> };

const google = await fakeOAuthProvider();
const { backFromGoogle } = googleFlows(google);
const rows: Record<string, Record<string, string>> = {};

let passwordHash = "";
beforeAll(async () => {
  configureGoogle(google.issuer);
  passwordHash = await hashPassword(validPassword);
});
afterAll(async () => {
  await google.close();
  console.table(rows);
});

const somebody = () => newAccount({ passwordHash });
const nobody = async () => {
  await somebody();
  return { id: v7(), email: newEmailAddress() };
};

async function measure(side: Measurement, request: Request, counts: boolean) {
  const startedAt = performance.now();
  const answer = await request().then(
    () => "success",
    (error: Error) => error.message,
  );
  if (!counts) return;
  side.times.push(performance.now() - startedAt);
  side.answers.add(answer);
}

/** Measures both cases alternately, so that changes in machine speed affect both. */
async function compare(name: string, prepare: Scenario) {
  const sides = { known: { times: [], answers: new Set() } as Measurement, unknown: { times: [], answers: new Set() } as Measurement };
  for (let at = -warmups; at < samples; at += 1) {
    const requests = { known: await prepare(await somebody()), unknown: await prepare(await nobody()) };
    for (const side of at % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
      await measure(sides[side], requests[side], at >= 0);
    }
  }
  const [known, unknown] = [median(sides.known.times), median(sides.unknown.times)];
  const probability = mannWhitneyP(sides.known.times, sides.unknown.times);
  const inMs = (time: number) => `${time.toFixed(2)} ms`;
  rows[name] = { known: inMs(known), unknown: inMs(unknown), ratio: (known / unknown).toFixed(3), probability: probability.toFixed(3) };
  expect([...sides.known.answers]).toEqual([...sides.unknown.answers]);
  expect(probability > 0.001 || Math.abs(known / unknown - 1) < 0.05, `${name} takes ${inMs(known)} or ${inMs(unknown)}`).toBe(true);
}

const facts = { region: "europe", firstName: "Ada", lastName: "Ode", password: validPassword, phone: "", terms: "true", analytics: "" } as const;
const handleOf = (accountId: string) => Buffer.from(accountId.replaceAll("-", ""), "hex").toString("base64url");

test("ACC-3, AUT-7: signing in with a wrong password", () =>
  compare("Sign in", async ({ email }) => () => signIn({ origin: newRequestMetadata() }, { email, password: "wrong-password-7" })));

test("ACC-3, AUT-7: forgetting a password", () => compare("Forgot password", async ({ email }) => () => requestPasswordReset({ origin: newRequestMetadata() }, { email })));

test("ACC-3, AUT-7: creating an account", () => compare("Create Account", async ({ email }) => () => requestSignUp({ origin: newRequestMetadata() }, { ...facts, email })));

test("ACC-3, AUT-7: changing the address of an account", () =>
  compare("Change Email", async ({ email }) => {
    const context = await newAccountContext(await somebody());
    return () => requestEmailChange(context, { email });
  }));

test("ACC-3, AUT-7: a Google account that is linked with none here", () =>
  compare("Google", async ({ email }) => {
    const back = await backFromGoogle(newFakeGoogleAccount(email));
    return () => signInWithGoogle({ origin: newRequestMetadata() }, back);
  }));

test("ACC-3, AUT-7: a passkey that is kept for none here", async () => {
  const device = await newPasskeyDevice(await somebody());
  await compare("Passkey", async ({ id }) => {
    const answer = JSON.stringify(device.get(await loginOptions(), { handle: handleOf(id) }));
    return () => signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer });
  });
});
