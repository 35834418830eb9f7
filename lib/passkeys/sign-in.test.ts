import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, loginTickets, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, offerToAdd, offerToEnter, offerToGoOn } from "@/lib/passkeys/queries";
import { finishLogin, openSession } from "@/lib/sessions/commands";
import { type Bent, deviceOf, newAuthenticator } from "@/lib/testing/authenticator";
import { newVisitor, signedInAs, waiting, work } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson, type Person } from "@/lib/testing/world";
import { reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";

const nowhere = { path: null };
const refused = "This passkey does not open an account here. Sign in with your password, or use another passkey";
const tooLate = "That took too long, or was sent twice. Try again";

async function newHolder({ counts = true, ...person }: { counts?: boolean; twoFactorSince?: Date } = {}) {
  const holder = await newPerson(person);
  return { holder, device: await deviceOf(holder, newAuthenticator({ counts })) };
}

type Device = ReturnType<typeof newAuthenticator>;

const send = (answer: unknown, begun: string | null = null, origin = newVisitor()) =>
  signInWithPasskey({ answer: JSON.stringify(answer) }, { origin, begun }, nowhere);
const enter = async (device: Device, bent: Bent = {}, begun: string | null = null) => send(device.get(await offerToEnter(), bent), begun);
const refusal = (asked: Promise<unknown>) => asked.then(() => "in", (fault: Error) => fault.message);

async function methodsBehind(entered: ReturnType<typeof send>) {
  const { entrance } = await entered;
  const opened = entrance.kind === "ticket" ? await openSession(entrance.secret, newVisitor()) : null;
  if (!opened) return null;
  const same = eq(sessions.id, opened.sessionId);
  const [row] = await asVisitor(opened, (tx) => tx.select({ methods: sessions.methods }).from(sessions).where(same));
  return row?.methods;
}

const begin = ({ id }: Person) =>
  asVisitor({ accountId: id }, (tx) => finishLogin(tx, id, ["password"], { path: "/orgs/new" })).then(({ secret }) => secret);

test("ACC-16: a passkey alone opens its account, also where two factors are asked for", async () => {
  for (const twoFactorSince of [undefined, new Date()]) {
    const { holder, device } = await newHolder({ twoFactorSince });
    const entered = enter(device);
    expect((await entered).entrance).toMatchObject({ kind: "ticket", accountId: holder.id });
    expect(await methodsBehind(entered)).toEqual(["passkey"]);
    expect((await listPasskeys(holder.id))[0]?.lastUsedAt).toBeInstanceOf(Date);
  }
});

test("ACC-16, MFA-6: a passkey answers for the second factor, and leads to where the sign-in was going", async () => {
  const { holder, device } = await newHolder({ twoFactorSince: new Date() });
  const begun = await begin(holder);
  const offer = await offerToGoOn(begun);
  expect(offer?.allowCredentials).toHaveLength(1);
  if (!offer) throw new Error("No passkey is offered");
  const entered = send(device.get(offer, { handle: "" }), begun);
  expect((await entered).wanted).toEqual({ path: "/orgs/new" });
  expect(await methodsBehind(entered)).toEqual(["password", "passkey"]);
  expect(await offerToGoOn(begun), "what was begun is used up").toBeNull();
});

test("ACC-16: an account without a passkey is offered none at its second factor, nor is a browser that began nothing", async () => {
  const person = await newPerson({ twoFactorSince: new Date() });
  for (const begun of [await begin(person), "not-begun-by-anybody", null]) expect(await offerToGoOn(begun)).toBeNull();
});

test("ACC-16, MFA-5: somebody else's passkey goes into their own account and leaves what was begun as it was", async () => {
  const { holder } = await newHolder({ twoFactorSince: new Date() });
  const other = await newHolder();
  const begun = await begin(holder);
  const entered = enter(other.device, {}, begun);
  expect((await entered).entrance.accountId).toBe(other.holder.id);
  expect(await methodsBehind(entered)).toEqual(["passkey"]);
  expect(await offerToGoOn(begun)).not.toBeNull();
});

test("ACC-16: a passkey that is asked for by one account's second factor signs for no other account", async () => {
  const { holder } = await newHolder({ twoFactorSince: new Date() });
  const other = await newHolder();
  const begun = await begin(holder);
  const offer = await offerToGoOn(begun);
  if (!offer) throw new Error("No passkey is offered");
  expect(await refusal(send(other.device.get(offer), begun))).toBe(refused);
});

test.each<[string, Bent]>([
  ["from another site's page", { origin: "https://portal.example.net" }],
  ["for another site", { rpId: "example.net" }],
  ["by a device that was not unlocked", { locked: true }],
  ["for a challenge of nobody", { challenge: "AAAA" }],
  ["for the making of a passkey", { type: "webauthn.create" }],
  ["for an account that is none", { handle: "AAAA" }],
])("ACC-16: a signature %s is refused, and says no more than that", async (_, bent) => {
  const { device } = await newHolder();
  expect(await refusal(enter(device, bent))).toBe(refused);
});

test("ACC-16: a passkey under another account's name is refused, as are an unknown one and a removed one", async () => {
  const { holder, device } = await newHolder();
  const who = await signedInAs(holder);
  const other = await newHolder();
  const handle = Buffer.from(other.holder.id.replaceAll("-", ""), "hex").toString("base64url");
  const unknown = newAuthenticator();
  unknown.create(await offerToAdd(who));
  expect(await refusal(enter(device, { handle }))).toBe(refused);
  expect(await refusal(enter(unknown))).toBe(refused);
  const [passkey] = await listPasskeys(holder.id);
  await removePasskey(who, { passkeyId: passkey?.id });
  expect(await refusal(enter(device))).toBe(refused);
});

test("ACC-16: only of a passkey that is not kept here is its browser told so, or it would forget one that counts", async () => {
  const { holder, device } = await newHolder();
  const told = (answer: unknown) => send(answer).then(() => null, (fault: { fields?: object }) => Object.keys(fault.fields ?? {}));
  const offer = await offerToEnter();
  await enter(device, { counter: 7 });
  for (const bent of [{ locked: true }, { counter: 7 }, { challenge: "AAAA" }, { handle: "" }, { handle: "AAAA" }]) {
    expect(await told(device.get(offer, bent))).toEqual([]);
  }
  const who = await signedInAs(holder);
  const [passkey] = await listPasskeys(holder.id);
  await removePasskey(who, { passkeyId: passkey?.id });
  expect(await told(device.get(offer))).toEqual(["passkey"]);
});

test.each(["", "{", "null", "[]", '{"id":"a"}', "x".repeat(30_000)])("ACC-16: nonsense is refused in the same words: %.20s", async (answer) => {
  expect(await refusal(signInWithPasskey({ answer }, { origin: newVisitor(), begun: null }, nowhere))).toBe(refused);
});

test("ACC-16: a counter that goes back is refused and on the record, and the passkey still works", async () => {
  const { holder, device } = await newHolder();
  const member = await newMember(await newOrg(), "observer", "all", holder);
  await enter(device, { counter: 7 });
  for (const counter of [7, 6, 0]) expect(await refusal(enter(device, { counter }))).toBe(refused);
  const said = (await entriesOf(member)).map(({ message }) => message);
  const copied = "Login refused: the passkey Key did not count on, so there may be a copy of it";
  expect(said.filter((message) => message === copied)).toHaveLength(3);
  expect(await refusal(enter(device, { counter: 8 }))).toBe("in");
});

test("ACC-16: a passkey that never counts works again and again", async () => {
  const { device } = await newHolder({ counts: false });
  for (const _ of [1, 2, 3]) expect(await refusal(enter(device))).toBe("in");
});

test("ACC-16: of twenty uses of one answer at once, one opens a session", async () => {
  const { device, holder } = await newHolder({ counts: false });
  const answer = device.get(await offerToEnter());
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusal(send(answer))));
  expect(outcomes.filter((outcome) => outcome === "in")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["in", tooLate]));
  const opened = await asVisitor({ accountId: holder.id }, (tx) => tx.select({ methods: loginTickets.methods }).from(loginTickets));
  expect(opened.filter(({ methods }) => methods.includes("passkey"))).toHaveLength(1);
});

test("ACC-16, MFA-5: of twenty passkeys at one begun sign-in, one finishes it", async () => {
  const { device, holder } = await newHolder({ counts: false, twoFactorSince: new Date() });
  const begun = await begin(holder);
  const offer = async () => (await offerToGoOn(begun)) ?? offerToEnter();
  const answers = await Promise.all(Array.from({ length: 20 }, async () => device.get(await offer())));
  const arrivals = await Promise.all(answers.map((answer) => send(answer, begun)));
  expect(arrivals.filter(({ wanted }) => wanted.path === "/orgs/new")).toHaveLength(1);
});

test("ACC-16: a suspended account is told so, and whoever tries is on the record", async () => {
  const { device, holder } = await newHolder();
  const member = await newMember(await newOrg(), "observer", "all", holder);
  const same = eq(accounts.id, holder.id);
  await asVisitor({ accountId: holder.id }, (tx) => tx.update(accounts).set({ suspendedAt: new Date() }).where(same));
  expect(await refusal(enter(device))).toMatch(/^This account is suspended/);
  await work("session.refuse", { account: holder.id });
  expect((await entriesOf(member))[0]).toMatchObject({ name: "session.refused" });
});

test("ACC-10, ACC-16: a refusal leaves one job, whether or not there is an account to record it for", async () => {
  const { device } = await newHolder();
  for (const bent of [{ locked: true }, { handle: "AAAA" }]) {
    const origin = newVisitor();
    await refusal(send(device.get(await offerToEnter(), bent), null, origin));
    expect(await waiting("session.refuse", { address: origin.address ?? "" })).toHaveLength(1);
  }
});

test("AUT-5: sign-ins with passkeys count in the pace of their network, right ones too", async () => {
  const { device } = await newHolder({ counts: false });
  const origin = newVisitor();
  await asVisitor({}, async (tx) => {
    for (let times = 0; times < 299; times += 1) await reserve(tx, "sign_in_address_pace", networkOf(origin.address));
  });
  expect(await refusal(send(device.get(await offerToEnter()), null, origin))).toBe("in");
  expect(await refusal(send(device.get(await offerToEnter()), null, origin))).toMatch(/too many sign-ins/);
});

test("ACC-11, ACC-16: one network has a hundred refusals in a quarter of an hour; what opened does not count", async () => {
  const { device } = await newHolder({ counts: false });
  const origin = newVisitor();
  for (const _ of [1, 2, 3]) await send(device.get(await offerToEnter()), null, origin);
  const tries = await Promise.all(Array.from({ length: 101 }, () => refusal(send({}, null, origin))));
  expect(tries.filter((outcome) => outcome === refused)).toHaveLength(100);
  expect(await refusal(send(device.get(await offerToEnter()), null, origin))).toMatch(/too many sign-ins/);
  expect(await refusal(enter(device)), "from elsewhere").toBe("in");
});
