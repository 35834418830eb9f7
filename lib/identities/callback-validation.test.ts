import { createServer } from "node:http";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startGoogleSignIn, signInWithGoogle } from "@/lib/identities/commands";
import { getGoogleIdentity } from "@/lib/identities/queries";
import { OAuthError } from "@/lib/identities/rules";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { listenOnFreePort } from "@/lib/integrations/listen-on-free-port";
import { configureGoogle, newFakeGoogleAccount, googleFlows, countSessionsAndChallenges } from "@/lib/testing/google";
import { newRequestMetadata, openedSession } from "@/lib/testing/sign-in";

const google = await fakeOAuthProvider();
const { newLinked, backFromGoogle } = googleFlows(google);

beforeAll(() => configureGoogle(google.issuer));
afterAll(() => google.close());
afterEach(() => Object.assign(google.tampering, { answer: undefined, claims: undefined, tokens: undefined, published: undefined }));

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

/** The same claims with a changed header and another signature. */
function resign(token: unknown, change: Record<string, unknown>, sign: (text: string) => string): string {
  const [header = "", claims = ""] = String(token).split(".");
  const text = `${encode({ ...decode(header), ...change })}.${claims}`;
  return `${text}.${sign(text)}`;
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const byAnotherKey = (text: string) => createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");
const bySharedSecret = (text: string) => createHmac("sha256", "canary-client-secret").update(text).digest("base64url");
const now = () => Math.floor(Date.now() / 1_000);

type Tampering = typeof google.tampering;
const claims = (change: Record<string, unknown>): Tampering => ({ claims: (object) => void Object.assign(object, change) });
const without = (name: string): Tampering => ({ claims: (object) => void Reflect.deleteProperty(object, name) });
const token = (change: (idToken: unknown) => unknown): Tampering => ({
  tokens: (object) => void (object.id_token = change(object.id_token)),
});
const answer = (change: (search: URLSearchParams) => void): Tampering => ({ answer: ({ searchParams }) => change(searchParams) });

const tamperings: Record<string, Tampering> = {
  "another audience": claims({ aud: "another-client" }),
  "two audiences without azp": claims({ aud: ["signalbox", "another-client"] }),
  "two audiences and the azp of another client": claims({ aud: ["signalbox", "another-client"], azp: "another-client" }),
  "no audience": without("aud"),
  "another issuer": claims({ iss: "https://accounts.google.com" }),
  "no issuer": without("iss"),
  "another nonce": claims({ nonce: "another" }),
  "no nonce": without("nonce"),
  "an expired token": claims({ exp: now() - 600 }),
  "a token without exp": without("exp"),
  "a token without iat": without("iat"),
  "a token that is not valid yet (nbf)": claims({ nbf: now() + 600 }),
  "no subject": without("sub"),
  "a subject that is not a string": claims({ sub: 7 }),
  "an empty subject": claims({ sub: "" }),
  "no signature": token((idToken) => resign(idToken, { alg: "none" }, () => "")),
  "a removed signature": token((idToken) => String(idToken).replace(/[^.]*$/, "")),
  "a signature with another key": token((idToken) => resign(idToken, {}, byAnotherKey)),
  "an unknown key id": token((idToken) => resign(idToken, { kid: "another" }, byAnotherKey)),
  "HS256 with the client secret": token((idToken) => resign(idToken, { alg: "HS256" }, bySharedSecret)),
  "another signature algorithm": token((idToken) => resign(idToken, { alg: "RS512" }, byAnotherKey)),
  "claims changed after signing": token((idToken) => {
    const [header, payload = "", signature] = String(idToken).split(".");
    return [header, encode({ ...decode(payload), sub: "another" }), signature].join(".");
  }),
  "no id_token": token(() => undefined),
  "an id_token that is not a JWT": token(() => "canary"),
  "another state": answer((search) => search.set("state", "another")),
  "no state": answer((search) => search.delete("state")),
  "two states": answer((search) => search.append("state", "another")),
  "the iss parameter of another issuer": answer((search) => search.set("iss", "https://accounts.google.com")),
  "no iss parameter": answer((search) => search.delete("iss")),
  "another code": answer((search) => search.set("code", "another")),
  "no code": answer((search) => search.delete("code")),
  "an unknown error code": answer((search) => search.set("error", "canary_words")),
};

test.each(Object.entries(tamperings))("SSO-6: sign-in is refused for %s", async (_name, tampering) => {
  const { person, whom } = await newLinked();
  const before = await countSessionsAndChallenges(person);
  Object.assign(google.tampering, tampering);
  const callback = await backFromGoogle(whom);
  const error: unknown = await signInWithGoogle({ origin: newRequestMetadata() }, callback).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OAuthError);
  expect(error).toMatchObject({ reason: "failed" });
  expect(JSON.stringify(error), "the error does not contain input").not.toMatch(/canary|eyJ/);
  expect([await countSessionsAndChallenges(person), (await getGoogleIdentity(person.id))?.lastUsedAt]).toEqual([before, null]);
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback), "the flow cannot be repeated").rejects.toMatchObject({ reason: "over" });
});

test("SSO-6: an authorization code from another browser is rejected", async () => {
  const { person, whom } = await newLinked();
  const [own, other] = [await backFromGoogle(newFakeGoogleAccount()), await backFromGoogle(whom)];
  const [ownQuery, otherQuery] = [own, other].map((callback) => new URLSearchParams(callback.answer));
  ownQuery?.set("code", otherQuery?.get("code") ?? "");
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, { secret: own.secret, answer: `?${ownQuery?.toString()}` })).rejects.toMatchObject({ reason: "failed" });
  expect((await getGoogleIdentity(person.id))?.lastUsedAt).toBeNull();
});

test("ACC-13: cancelling at Google shows our own message", async () => {
  const { whom } = await newLinked();
  const { secret, url } = await startGoogleSignIn({ origin: newRequestMetadata() }, {});
  const error: unknown = await signInWithGoogle({ origin: newRequestMetadata() }, { secret, answer: await google.answerOf(url, whom, "no") }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ reason: "cancelled", detail: "access_denied", message: "Nothing was changed: you cancelled at Google" });
});

test("ACC-13: cancelling after the flow was consumed still reports a cancellation, not a timeout", async () => {
  const { secret, url } = await startGoogleSignIn({ origin: newRequestMetadata() }, {});
  const callback = { secret, answer: await google.answerOf(url, newFakeGoogleAccount(), "no") };
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback)).rejects.toMatchObject({ reason: "cancelled" });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback)).rejects.toMatchObject({ reason: "cancelled" });
});

test("ACC-13: the discovery document is fetched again after an error", async () => {
  const { person, whom } = await newLinked();
  const callback = await backFromGoogle(whom);
  google.tampering.claims = (object) => void Object.assign(object, { nonce: "another" });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback)).rejects.toMatchObject({ reason: "failed" });
  google.tampering.claims = undefined;
  google.tampering.published = (document) => void Object.assign(document, { issuer: "https://another.example" });
  await expect(backFromGoogle(whom)).rejects.toMatchObject({ reason: "failed" });
  google.tampering.published = undefined;
  const login = await signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom));
  expect(openedSession(login).accountId).toBe(person.id);
});

test("ACC-13: an endless response is aborted and reported as Google being unavailable", async () => {
  const { person, whom } = await newLinked();
  const callback = await backFromGoogle(whom);
  let sent = 0;
  const endless = createServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536))) sent += 65_536;
    };
    response.setHeader("Content-Type", "application/json").on("drain", more);
    more();
  });
  const { port, close } = await listenOnFreePort(endless);
  google.tampering.published = (document) => void Object.assign(document, { token_endpoint: `http://127.0.0.1:${port}/token` });
  google.tampering.tokens = (object) => void (object.id_token = "canary");
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback)).rejects.toMatchObject({ reason: "failed" });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom))).rejects.toMatchObject({ reason: "unavailable" });
  await close();
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect((await getGoogleIdentity(person.id))?.lastUsedAt).toBeNull();
});
