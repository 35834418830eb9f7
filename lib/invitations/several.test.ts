import { expect, test } from "vitest";
import { revokeAccess } from "@/lib/administrators/commands";
import { inviteAdministrator, inviteSeveral } from "@/lib/invitations/commands";
import { listAdministrators, previewInvitations } from "@/lib/administrators/queries";
import { rateLimits } from "@/lib/kernel/rate-limit-config";
import { roleNames } from "@/lib/shared/roles";
import type { BulkOutcome } from "@/lib/shared/selection";
import { listAuditEntries, newAccount, newMember, newSite, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";

const word = () => `several-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
const all = (people: string) => ({ people, role: "observer" as const, scope: "all" as const });
const texts = ({ results }: BulkOutcome) => results.map(({ name, text, done }) => `${done ? "+" : "-"} ${name}: ${text}`);

test("ADM-8: everybody in a list gets an invitation with the same role and sites, and each has its own result, as previewed", async () => {
  const owner = await newSuperUser();
  const [kiel, hidden] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Ulm")];
  const person = await newAccount();
  await newMember(owner.org, "helpdesk", "all", person);
  const [ada, eva] = [`ada-${word()}@example.test`, `eva-${word()}@example.test`];
  await inviteAdministrator(owner, { email: eva, role: "observer", scope: "all" });
  const people = `Ada Berg <${ada.toUpperCase()}>; ${eva}, ${String(person.email)}\nnonsense, ${ada}`;
  const input = { people, role: "network_admin" as const, scope: "sites" as const, sites: [kiel.id] };
  const others = [
    `- ${eva}: is already invited. Resend the invitation instead`,
    `- ${String(person.email)}: is already an administrator`,
    "- nonsense: not an email address",
    `- ${ada}: listed more than once`,
  ];

  expect(texts(await previewInvitations(owner, input))).toEqual([`+ Ada Berg (${ada}): will be invited`, ...others]);
  expect(await queuedEmailsTo(ada)).toEqual([]);
  expect(texts(await inviteSeveral(owner, input))).toEqual([`+ Ada Berg (${ada}): invited`, ...others]);

  expect((await listAdministrators(owner, { search: ada })).rows).toMatchObject([{ firstName: "Ada", lastName: "Berg", role: "network_admin", names: ["Kiel"], status: "invited" }]);
  expect(await queuedEmailsTo(ada)).toMatchObject([{ template: "invitation", props: { role: "Network Admin", access: "the site Kiel" } }]);
  expect(await queuedEmailsTo(eva)).toHaveLength(1);
  const entries = await listAuditEntries(owner);
  expect(entries.filter(({ message }) => message === `Invited administrator Ada Berg (${ada})`)).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain(hidden.id);
});

test("ADM-8: a list in which nobody can be invited changes nothing and writes no audit entry", async () => {
  const owner = await newSuperUser();
  const before = await listAuditEntries(owner);
  expect(texts(await inviteSeveral(owner, all("nonsense")))).toEqual(["- nonsense: not an email address"]);
  expect(await listAuditEntries(owner)).toEqual(before);
});

test("ADM-8, LNK-10: people beyond the hourly email limit are listed as not invited, and the others are invited", async () => {
  const owner = await newSuperUser();
  const { maxAttempts } = rateLimits.invite_mail_organization;
  const list = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `p${String(from + at).padStart(3, "0")}-${owner.org.id}@example.test`).join("\n");
  const first = await inviteSeveral(owner, all(list(0, maxAttempts - 2)));
  expect(first.results.filter(({ done }) => done)).toHaveLength(maxAttempts - 2);
  const second = await inviteSeveral(owner, all(list(maxAttempts - 2, maxAttempts + 1)));
  expect(second.results.map(({ done, text }) => [done, text])).toEqual([[true, "invited"], [true, "invited"], [false, rateLimits.invite_mail_organization.message]]);
});

test("X-6: of two lists with the same people that are sent at the same moment, each person is invited by one", async () => {
  const owner = await newSuperUser();
  const emails = Array.from({ length: 12 }, () => `${word()}@example.test`);
  const outcomes = await Promise.all([inviteSeveral(owner, all(emails.join("\n"))), inviteSeveral(owner, all(emails.toReversed().join("\n")))]);
  const results = outcomes.flatMap((outcome) => outcome.results);
  expect(results).toHaveLength(24);
  expect(results.filter(({ done }) => done).map(({ name }) => name).toSorted()).toEqual(emails.toSorted());
  for (const email of emails) expect(await queuedEmailsTo(email)).toHaveLength(1);
});

test("ADM-6: only Super Users preview and send a list of invitations, and nobody beyond their own access", async () => {
  const owner = await newSuperUser();
  const site = await newSite(owner.org);
  for (const role of roleNames.filter((one) => one !== "super_user")) {
    const actor = await newMember(owner.org, role);
    await expect(previewInvitations(actor, all(`${word()}@example.test`))).rejects.toMatchObject({ code: "forbidden" });
    await expect(inviteSeveral(actor, all(`${word()}@example.test`))).rejects.toMatchObject({ code: "forbidden" });
  }
  const limited = await newMember(owner.org, "super_user", [site.id]);
  const email = `${word()}@example.test`;
  for (const operation of [previewInvitations, inviteSeveral]) await expect(operation(limited, all(email))).rejects.toMatchObject({ code: "forbidden" });
  expect(await queuedEmailsTo(email)).toEqual([]);
});

test("ADM-8: somebody whose access was revoked can be in a list again", async () => {
  const owner = await newSuperUser();
  const person = await newAccount();
  const member = await newMember(owner.org, "observer", "all", person);
  await revokeAccess(owner, { administratorId: String(member.membershipId) });
  expect(texts(await inviteSeveral(owner, all(String(person.email))))).toEqual([`+ ${String(person.email)}: invited`]);
});
