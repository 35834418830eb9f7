import { afterEach, expect, test } from "vitest";
import { brand } from "@/lib/brand";
import { env, passwordLifetimes } from "@/lib/env";
import { acceptLoginTerms } from "@/lib/login-terms/commands";
import { getLoginTerms } from "@/lib/login-terms/queries";
import { defaultTerms, splitParagraphs, textVersion } from "@/lib/login-terms/rules";
import { outstandingSteps } from "@/lib/sessions/rules";
import { setPartner } from "@/lib/staff/commands";
import { staffActor } from "@/lib/staff/rules";
import { newRequestMetadata, loadSession, newSession, newAccountContext } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

const originalEnv = { ...env() };
afterEach(() => void Object.assign(env(), originalEnv));

const staff = staffActor("Ida Holm");

async function newPartnerOrg() {
  const org = await newOrg();
  await setPartner(staff, { organization: org.id, partner: "on" });
  return org;
}

test("PWD-5: users of a partner organization get one text, its administrators another", async () => {
  const org = await newPartnerOrg();
  const [user, administrator, single] = [await newAccount(), await newAccount(), await newAccount({ userGroup: "partner" })];
  await newMember(org, "network_admin", "all", user);
  await newMember(org, "super_user", "all", administrator);
  await newMember(await newOrg(), "super_user", "all", single);
  const audiences = await Promise.all([user, administrator, single].map(async (person) => getLoginTerms(await newAccountContext(person)).audience));
  expect(audiences).toEqual(["user", "administrator", "user"]);
  const { user: userText, administrator: administratorText } = defaultTerms(brand());
  expect(splitParagraphs(userText)).toHaveLength(2);
  expect(textVersion(userText)).not.toBe(textVersion(administratorText));
});

test("PWD-5: the terms must be accepted in each session, and the audit entry names their version", async () => {
  const org = await newPartnerOrg();
  const person = await newAccount({ analyticsAllowed: "no" });
  const member = await newMember(org, "super_user", "all", person);
  const [thisSession, otherSession] = [await newSession(person), await newSession(person)];
  const who = { ...(await loadSession(thisSession)), origin: newRequestMetadata() };
  const { version } = getLoginTerms(who);
  await acceptLoginTerms(who, { version });
  expect((await listAuditEntries(member))[0]).toMatchObject({
    name: "notice.accepted",
    actorId: person.id,
    message: `Accepted login notice for administrators of partners, version ${version}`,
  });
  const pendingAt = async (key: typeof thisSession) => outstandingSteps(await loadSession(key), passwordLifetimes());
  expect(await pendingAt(thisSession)).toEqual([]);
  expect(await pendingAt(otherSession)).toEqual(["notice"]);
  expect(await pendingAt(await newSession(person))).toEqual(["notice"]);
  await expect(acceptLoginTerms(who, { version })).rejects.toMatchObject({ code: "conflict" });
});

test("PWD-5: the text comes from the configuration, and a version other than the current one cannot be accepted", async () => {
  const person = await newAccount({ userGroup: "partner" });
  const who = await newAccountContext(person);
  const { version } = getLoginTerms(who);
  Object.assign(env(), { PARTNER_NOTICE: "Partners only.\n\nBehave\nwell." });
  const current = getLoginTerms(who);
  expect(current).toEqual({ audience: "user", version: expect.stringMatching(/^[\da-f]{8}$/), paragraphs: ["Partners only.", "Behave well."] });
  await expect(acceptLoginTerms(who, { version })).rejects.toThrow("The notice has changed");
  await acceptLoginTerms(who, { version: current.version });
});
