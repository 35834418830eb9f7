import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sql } from "postgres";
import { isEmailName, renderEmail } from "@/emails";
import { addRadsecCertificates, setDeviceCertificate } from "@/lib/certificates/commands";
import { maintainAuthority, remindAllOrganizations } from "@/lib/certificates/jobs";
import { getCertificates } from "@/lib/certificates/queries";
import { daysFromNow, newCertificate } from "@/lib/testing/certificates";
import { connectAsOwner, listAuditEntries, newAccount, newMember, newSuperUser, queuedEmailsTo, type TestAccount, type TestOrg, newOrg } from "@/lib/testing/fixtures";

let owner: Sql;
beforeAll(async () => {
  owner = connectAsOwner();
  for (const table of ["certificate_reminders", "certificate_authorities", "organizations"]) await owner`alter table ${owner(table)} no force row level security`;
});
afterAll(() => owner.end());

async function newLeader(org?: TestOrg) {
  const [organization, person] = [org ?? (await newOrg("Fjord Ferries")), await newAccount()];
  return { org: organization, person, actor: await newMember(organization, "super_user", "all", person) };
}

const mailsTo = async ({ email }: TestAccount) => (await queuedEmailsTo(email)).filter(({ template }) => template === "certificate-expiring").map(({ props }) => ({ certificate: props.certificate, days: props.days }));

test("ORG-10: Super Users are mailed 30 and 7 days before a certificate ends, once each however often the job runs", async () => {
  const { org, person, actor } = await newLeader();
  const colleague = await newLeader(org);
  const suspended = await newAccount({ suspendedAt: new Date() });
  await newMember(org, "super_user", "all", suspended);
  const other = await newAccount();
  await newMember(org, "network_admin", "all", other);
  await addRadsecCertificates(actor, { certificates: newCertificate({ name: "later.example", to: daysFromNow(31) }).pem + newCertificate({ name: "radius.example", to: daysFromNow(29.5) }).pem });
  for (let run = 0; run < 3; run += 1) await remindAllOrganizations();
  await Promise.all(Array.from({ length: 5 }, () => remindAllOrganizations()));
  const first = { certificate: "CN=radius.example", days: "30 days" };
  for (const { email } of [person, colleague.person]) expect(await mailsTo({ email } as TestAccount)).toEqual([first]);
  for (const nobody of [suspended, other]) expect(await mailsTo(nobody)).toEqual([]);
  const entries = (await listAuditEntries(actor)).filter(({ name }) => name === "certificate.expiring");
  expect(entries.map(({ message }) => message)).toEqual([expect.stringMatching(/^Reminded Super Users of RadSec certificate CN=radius\.example, [0-9A-F:]{11}…, which expires in 30 days$/)]);
});

test("ORG-10: after an outage one email for the most urgent reminder is sent, and none after the end", async () => {
  const { person, actor } = await newLeader();
  const due = newCertificate({ name: "ap.example", to: daysFromNow(4.5) });
  await setDeviceCertificate(actor, { privateKey: due.privateKey, certificate: due.pem });
  await owner`update organizations set settings = jsonb_set(settings, '{cacerts}', ${owner.json([newCertificate({ name: "gone.example", to: daysFromNow(-1) }).pem])}) where id = ${actor.orgId}`;
  for (let run = 0; run < 2; run += 1) await remindAllOrganizations();
  expect(await mailsTo(person)).toEqual([{ certificate: "CN=ap.example", days: "5 days" }]);
  expect((await getCertificates(actor, {})).radsec).toMatchObject([{ subject: "CN=gone.example", validity: "expired" }]);
});

test("ORG-10: a certificate that follows has reminders of its own, and the mail says what to do", async () => {
  const { person, actor } = await newLeader();
  for (const name of ["one.example", "two.example"]) await addRadsecCertificates(actor, { certificates: newCertificate({ name, to: daysFromNow(6.5) }).pem });
  await remindAllOrganizations();
  expect(await mailsTo(person)).toEqual(["CN=one.example", "CN=two.example"].map((certificate) => ({ certificate, days: "7 days" })));
  const [mail] = await queuedEmailsTo(person.email);
  if (!mail || !isEmailName(mail.template)) throw new Error("There is no email");
  const { subject, text } = await renderEmail(mail.template, mail.props);
  expect(subject).toBe("A certificate of Fjord Ferries expires in 7 days");
  expect(text).toContain(`/orgs/${actor.orgId}/settings`);
});

test("ORG-10: the organization's own certificate is reminded of, too", async () => {
  const superUser = await newSuperUser();
  const leader = await newLeader(superUser.org);
  await maintainAuthority(superUser.orgId);
  const soon = newCertificate({ name: "Own CA", to: daysFromNow(29) });
  await owner`update certificate_authorities set certificate = ${soon.pem}, valid_to = ${daysFromNow(29)} where organization_id = ${superUser.orgId}`;
  await remindAllOrganizations();
  expect(await mailsTo(leader.person)).toEqual([{ certificate: "CN=Own CA", days: "29 days" }]);
});
