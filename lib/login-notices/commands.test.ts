import { afterEach, expect, test } from "vitest";
import { brand } from "@/lib/brand";
import { env, passwordPeriods } from "@/lib/env";
import { acceptNotice } from "@/lib/login-notices/commands";
import { noticeFor } from "@/lib/login-notices/queries";
import { defaultNotices, paragraphsOf, versionOf } from "@/lib/login-notices/rules";
import { duesOf } from "@/lib/sessions/rules";
import { setPartner, staffCalled } from "@/lib/staff/commands";
import { newVisitor, presentAt, sessionOf, signedInAs } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson } from "@/lib/testing/world";

const written = { ...env() };
afterEach(() => void Object.assign(env(), written));

const staff = staffCalled("Ida Holm");

async function newPartnerOrg() {
  const org = await newOrg();
  await setPartner(staff, { organization: org.id, partner: "on" });
  return org;
}

test("PWD-5: one text for the users of a partner's account, another for whoever administers it", async () => {
  const org = await newPartnerOrg();
  const [user, administrator, single] = [await newPerson(), await newPerson(), await newPerson({ userGroup: "partner" })];
  await newMember(org, "network_admin", "all", user);
  await newMember(org, "super_user", "all", administrator);
  await newMember(await newOrg(), "super_user", "all", single);
  const kinds = await Promise.all([user, administrator, single].map(async (person) => noticeFor(await signedInAs(person)).kind));
  expect(kinds).toEqual(["user", "administrator", "user"]);
  const { user: one, administrator: other } = defaultNotices(brand());
  expect(paragraphsOf(one)).toHaveLength(2);
  expect(versionOf(one)).not.toBe(versionOf(other));
});

test("PWD-5: it is due at each sign-in and accepted for that one, on the record with its version", async () => {
  const org = await newPartnerOrg();
  const person = await newPerson({ analyticsAllowed: "no" });
  const member = await newMember(org, "super_user", "all", person);
  const [here, elsewhere] = [await sessionOf(person), await sessionOf(person)];
  const who = { ...(await presentAt(here)), origin: newVisitor() };
  const { version } = noticeFor(who);
  await acceptNotice(who, { version });
  expect((await entriesOf(member))[0]).toMatchObject({
    name: "notice.accepted",
    actorId: person.id,
    message: `Accept login notice for administrators of partners, version ${version}`,
  });
  const duesAt = async (key: typeof here) => duesOf(await presentAt(key), passwordPeriods());
  expect(await duesAt(here)).toEqual([]);
  expect(await duesAt(elsewhere)).toEqual(["notice"]);
  expect(await duesAt(await sessionOf(person))).toEqual(["notice"]);
  await expect(acceptNotice(who, { version })).rejects.toMatchObject({ code: "conflict" });
});

test("PWD-5: the words are the installation's, and nobody accepts words that were not shown", async () => {
  const person = await newPerson({ userGroup: "partner" });
  const who = await signedInAs(person);
  const { version } = noticeFor(who);
  Object.assign(env(), { PARTNER_NOTICE: "Partners only.\n\nBehave\nwell." });
  const shown = noticeFor(who);
  expect(shown).toEqual({ kind: "user", version: expect.stringMatching(/^[\da-f]{8}$/), paragraphs: ["Partners only.", "Behave well."] });
  await expect(acceptNotice(who, { version })).rejects.toThrow("The notice has changed");
  await acceptNotice(who, { version: shown.version });
});
