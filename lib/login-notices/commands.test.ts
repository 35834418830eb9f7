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

const originalEnv = { ...env() };
afterEach(() => void Object.assign(env(), originalEnv));

const staff = staffCalled("Ida Holm");

async function newPartnerOrg() {
  const org = await newOrg();
  await setPartner(staff, { organization: org.id, partner: "on" });
  return org;
}

test("PWD-5: users of a partner organization get one text, its administrators another", async () => {
  const org = await newPartnerOrg();
  const [user, administrator, single] = [await newPerson(), await newPerson(), await newPerson({ userGroup: "partner" })];
  await newMember(org, "network_admin", "all", user);
  await newMember(org, "super_user", "all", administrator);
  await newMember(await newOrg(), "super_user", "all", single);
  const audiences = await Promise.all([user, administrator, single].map(async (person) => noticeFor(await signedInAs(person)).audience));
  expect(audiences).toEqual(["user", "administrator", "user"]);
  const { user: userText, administrator: administratorText } = defaultNotices(brand());
  expect(paragraphsOf(userText)).toHaveLength(2);
  expect(versionOf(userText)).not.toBe(versionOf(administratorText));
});

test("PWD-5: the terms must be accepted in each session, and the audit entry names their version", async () => {
  const org = await newPartnerOrg();
  const person = await newPerson({ analyticsAllowed: "no" });
  const member = await newMember(org, "super_user", "all", person);
  const [thisSession, otherSession] = [await sessionOf(person), await sessionOf(person)];
  const who = { ...(await presentAt(thisSession)), origin: newVisitor() };
  const { version } = noticeFor(who);
  await acceptNotice(who, { version });
  expect((await entriesOf(member))[0]).toMatchObject({
    name: "notice.accepted",
    actorId: person.id,
    message: `Accept login notice for administrators of partners, version ${version}`,
  });
  const pendingAt = async (key: typeof thisSession) => duesOf(await presentAt(key), passwordPeriods());
  expect(await pendingAt(thisSession)).toEqual([]);
  expect(await pendingAt(otherSession)).toEqual(["notice"]);
  expect(await pendingAt(await sessionOf(person))).toEqual(["notice"]);
  await expect(acceptNotice(who, { version })).rejects.toMatchObject({ code: "conflict" });
});

test("PWD-5: the text comes from the configuration, and a version other than the current one cannot be accepted", async () => {
  const person = await newPerson({ userGroup: "partner" });
  const who = await signedInAs(person);
  const { version } = noticeFor(who);
  Object.assign(env(), { PARTNER_NOTICE: "Partners only.\n\nBehave\nwell." });
  const current = noticeFor(who);
  expect(current).toEqual({ audience: "user", version: expect.stringMatching(/^[\da-f]{8}$/), paragraphs: ["Partners only.", "Behave well."] });
  await expect(acceptNotice(who, { version })).rejects.toThrow("The notice has changed");
  await acceptNotice(who, { version: current.version });
});
