import { createServer } from "node:http";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { beginGoogleSignIn, signInWithGoogle } from "@/lib/identities/commands";
import { linkedGoogle } from "@/lib/identities/queries";
import { Refused } from "@/lib/identities/rules";
import { fakeGoogle } from "@/lib/integrations/fake-google";
import { listening } from "@/lib/integrations/listening";
import { configure, newGooglePerson, roadsTo, waysInto } from "@/lib/testing/google";
import { newVisitor } from "@/lib/testing/visitors";

const google = await fakeGoogle();
const { newLinked, backFromGoogle } = roadsTo(google);

beforeAll(() => configure(google.issuer));
afterAll(() => google.close());
afterEach(() => Object.assign(google.tampering, { answer: undefined, claims: undefined, tokens: undefined, published: undefined }));

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

/** The same token with another header, signed in another way. */
function resigned(token: unknown, change: Record<string, unknown>, sign: (text: string) => string): string {
  const [header = "", claims = ""] = String(token).split(".");
  const text = `${encode({ ...decode(header), ...change })}.${claims}`;
  return `${text}.${sign(text)}`;
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const byAnotherKey = (text: string) => createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");
const bySharedSecret = (text: string) => createHmac("sha256", "canary-client-secret").update(text).digest("base64url");
const now = () => Math.floor(Date.now() / 1_000);

type Tampering = typeof google.tampering;
const claims = (change: Record<string, unknown>): Tampering => ({ claims: (held) => void Object.assign(held, change) });
const without = (name: string): Tampering => ({ claims: (held) => void Reflect.deleteProperty(held, name) });
const token = (change: (idToken: unknown) => unknown): Tampering => ({
  tokens: (held) => void (held.id_token = change(held.id_token)),
});
const answer = (change: (search: URLSearchParams) => void): Tampering => ({ answer: ({ searchParams }) => change(searchParams) });

const faults: Record<string, Tampering> = {
  "another audience": claims({ aud: "another-client" }),
  "two audiences without saying whose it is": claims({ aud: ["signalbox", "another-client"] }),
  "two audiences, and another's": claims({ aud: ["signalbox", "another-client"], azp: "another-client" }),
  "no audience": without("aud"),
  "another issuer": claims({ iss: "https://accounts.google.com" }),
  "no issuer": without("iss"),
  "another nonce": claims({ nonce: "another" }),
  "no nonce": without("nonce"),
  "a token that is over": claims({ exp: now() - 600 }),
  "a token without an end": without("exp"),
  "a token without a beginning": without("iat"),
  "a token of later": claims({ nbf: now() + 600 }),
  "nobody": without("sub"),
  "a number that is none": claims({ sub: 7 }),
  "an empty number": claims({ sub: "" }),
  "no signature": token((given) => resigned(given, { alg: "none" }, () => "")),
  "a signature cut off": token((given) => String(given).replace(/[^.]*$/, "")),
  "another's key": token((given) => resigned(given, {}, byAnotherKey)),
  "a key that nobody published": token((given) => resigned(given, { kid: "another" }, byAnotherKey)),
  "the shared secret for a key": token((given) => resigned(given, { alg: "HS256" }, bySharedSecret)),
  "another way of signing": token((given) => resigned(given, { alg: "RS512" }, byAnotherKey)),
  "claims changed after signing": token((given) => {
    const [header, held = "", signature] = String(given).split(".");
    return [header, encode({ ...decode(held), sub: "another" }), signature].join(".");
  }),
  "no identity at all": token(() => undefined),
  "an identity that is no token": token(() => "canary"),
  "another state": answer((search) => search.set("state", "another")),
  "no state": answer((search) => search.delete("state")),
  "two states": answer((search) => search.append("state", "another")),
  "another's answer": answer((search) => search.set("iss", "https://accounts.google.com")),
  "nobody's answer": answer((search) => search.delete("iss")),
  "another code": answer((search) => search.set("code", "another")),
  "no code": answer((search) => search.delete("code")),
  "an error of its own": answer((search) => search.set("error", "canary_words")),
};

test.each(Object.entries(faults))("SSO-6: %s signs nobody in", async (_name, tampering) => {
  const { person, whom } = await newLinked();
  const before = await waysInto(person);
  Object.assign(google.tampering, tampering);
  const back = await backFromGoogle(whom);
  const refusal: unknown = await signInWithGoogle(back, newVisitor()).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal).toMatchObject({ why: "failed" });
  expect(JSON.stringify(refusal), "it repeats nothing").not.toMatch(/canary|eyJ/);
  expect([await waysInto(person), (await linkedGoogle(person.id))?.lastUsedAt]).toEqual([before, null]);
  await expect(signInWithGoogle(back, newVisitor()), "and there is no second try").rejects.toMatchObject({ why: "over" });
});

test("SSO-6: a code that another browser was given opens nothing here", async () => {
  const { person, whom } = await newLinked();
  const [here, there] = [await backFromGoogle(newGooglePerson()), await backFromGoogle(whom)];
  const [mine, theirs] = [here, there].map((back) => new URLSearchParams(back.answer));
  mine?.set("code", theirs?.get("code") ?? "");
  await expect(signInWithGoogle({ secret: here.secret, answer: `?${mine?.toString()}` }, newVisitor())).rejects.toMatchObject({ why: "failed" });
  expect((await linkedGoogle(person.id))?.lastUsedAt).toBeNull();
});

test("ACC-13: who turns back at Google is told so in our words alone", async () => {
  const { whom } = await newLinked();
  const { secret, address } = await beginGoogleSignIn(newVisitor(), { path: null });
  const refusal: unknown = await signInWithGoogle({ secret, answer: await google.answerOf(address, whom, "no") }, newVisitor()).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ why: "cancelled", remark: "access_denied", message: "Nothing was changed: Google was left before the end" });
});

test("ACC-13: who turns back after the errand is over is told that they turned back, and not that they were late", async () => {
  const { secret, address } = await beginGoogleSignIn(newVisitor(), { path: null });
  const back = { secret, answer: await google.answerOf(address, newGooglePerson(), "no") };
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why: "cancelled" });
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why: "cancelled" });
});

test.each([["unknown", undefined], ["cancelled", "no"]] as const)("ACC-13, ACC-10: a way to Google that ends as %s still knows where it was to lead", async (why, answer) => {
  const wanted = { path: "/orgs?sort=name" };
  const { secret, address } = await beginGoogleSignIn(newVisitor(), wanted);
  const back = { secret, answer: await google.answerOf(address, newGooglePerson(), answer) };
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why, wanted });
});

test("ACC-13: what Google publishes is asked again after a fault, so that a mended one works at once", async () => {
  const { person, whom } = await newLinked();
  const back = await backFromGoogle(whom);
  google.tampering.claims = (held) => void Object.assign(held, { nonce: "another" });
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why: "failed" });
  google.tampering.claims = undefined;
  google.tampering.published = (document) => void Object.assign(document, { issuer: "https://another.example" });
  await expect(backFromGoogle(whom)).rejects.toMatchObject({ why: "failed" });
  google.tampering.published = undefined;
  expect((await signInWithGoogle(await backFromGoogle(whom), newVisitor())).entrance.accountId).toBe(person.id);
});

test("ACC-13: an answer without end is not read to its end, and the portal says that Google cannot be reached", async () => {
  const { person, whom } = await newLinked();
  const back = await backFromGoogle(whom);
  let sent = 0;
  const endless = createServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536))) sent += 65_536;
    };
    response.setHeader("Content-Type", "application/json").on("drain", more);
    more();
  });
  const { port, close } = await listening(endless);
  google.tampering.published = (document) => void Object.assign(document, { token_endpoint: `http://127.0.0.1:${port}/token` });
  google.tampering.tokens = (held) => void (held.id_token = "canary");
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why: "failed" });
  await expect(signInWithGoogle(await backFromGoogle(whom), newVisitor())).rejects.toMatchObject({ why: "unavailable" });
  await close();
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect((await linkedGoogle(person.id))?.lastUsedAt).toBeNull();
});
