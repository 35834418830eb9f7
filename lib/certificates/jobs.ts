import "server-only";
import { X509Certificate } from "node:crypto";
import { and, eq, gt, isNull, or, sql, type SQL } from "drizzle-orm";
import { NIL, v7 } from "uuid";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { accounts, certificateAuthorities, certificateReminders, memberships, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { systemAgent } from "@/lib/accounts/internal";
import { brand } from "@/lib/brand";
import { authorityAad, authorityFacts, replaceAuthority } from "@/lib/certificates/internal";
import { authorityOf } from "@/lib/certificates/queries";
import { daysLeft, deviceCertificate, dueReminders, nextAuthorityStep, radsecCertificates, renewalDays, shortFingerprint } from "@/lib/certificates/rules";
import { agentActor, noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntry } from "@/lib/kernel/audit";
import type { CertificateFacts } from "@/lib/kernel/certificate";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { encrypt } from "@/lib/kernel/encryption";
import { issueCertificate } from "@/lib/kernel/issue-certificate";
import { type Job, job } from "@/lib/kernel/job";
import { countText } from "@/lib/shared/count-text";
import type { EventSubject } from "@/lib/shared/event-messages";
import type { EventName } from "@/lib/shared/events";

const batchSize = 200;

/** Does something for each organization of a list that is read in batches; one that fails does not block the others. */
async function forEachOrganization(listed: (after: string) => SQL, work: (orgId: string) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  let next: string | undefined = NIL;
  while (next !== undefined) {
    const ids = await listedIds(listed(next));
    for (const id of ids) await work(id).catch((error: unknown) => errors.push(error));
    next = ids.length === batchSize ? ids.at(-1) : undefined;
  }
  if (errors.length > 0) throw new Error(`Certificates of ${countText(errors.length, "organization")} failed`, { cause: errors[0] });
}

const listedIds = async (list: SQL): Promise<string[]> =>
  (await withWorkerScope((tx) => tx.execute<{ id: string }>(sql`select id from ${list} id`))).map(({ id }) => id);

/** Maintains the CA of every organization whose CA lacks something. */
export const maintainAllAuthorities = () => forEachOrganization((after) => sql`orgs_with_due_certificate_authority(${after}, ${batchSize}, ${renewalDays})`, maintainAuthority);

/** Tells the Super Users of every organization of certificates that end soon, once for each certificate and reminder. */
export const remindAllOrganizations = () =>
  forEachOrganization((after) => sql`orgs_with_certificates(${after}, ${batchSize}, ${renewalDays})`, (orgId) => withWorkerScope((tx) => remind(tx, orgId), orgId));

/** Makes the certificate of one organization after it was created, or the next one when it is asked for; or what is due in all of them. */
const issue = job({
  name: "certificate.issue",
  cron: "*/10 * * * *",
  input: z.object({ orgId: z.optional(z.guid()), renew: z.optional(z.literal("yes")) }),
  run({ orgId, renew }) {
    if (!orgId) return maintainAllAuthorities();
    return renew ? prepareNextAuthority(orgId) : maintainAuthority(orgId);
  },
});

const remindOfEnd = job({ name: "certificate.remind", cron: "23 * * * *", input: z.object({}), run: remindAllOrganizations });

/**
 * Makes what the CA of an organization lacks: its certificate, from 30 days before its end the next one, and at its end
 * puts that in its place. However many processes try at the same time, each step is done once.
 */
export async function maintainAuthority(orgId: string): Promise<void> {
  for (;;) {
    const { organization, step } = await readAuthority(orgId);
    if (!organization || !step) return;
    if (step === "replace") await withWorkerScope((tx) => replaceBySystem(tx, orgId), orgId);
    else await makeAuthority(organization, step === "create" ? "current" : "pending");
  }
}

/** Makes the next CA certificate before it is due, once, unless there is one already. */
async function prepareNextAuthority(orgId: string): Promise<void> {
  await maintainAuthority(orgId);
  const { organization, hasPending } = await readAuthority(orgId);
  if (organization && !hasPending) await makeAuthority(organization, "pending");
}

const readAuthority = (orgId: string) =>
  withWorkerScope(async (tx) => {
    const [organization] = await tx.select({ id: organizations.id, name: organizations.name }).from(organizations);
    const rows = await tx.select({ state: certificateAuthorities.state, validTo: certificateAuthorities.validTo }).from(certificateAuthorities);
    return { organization, step: nextAuthorityStep(rows, new Date()), hasPending: rows.some(({ state }) => state === "pending") };
  }, orgId);

// The key is made before the transaction, which would otherwise hold a connection and locks meanwhile.
async function makeAuthority({ id: orgId, name }: { id: string; name: string }, state: "current" | "pending") {
  const id = v7();
  const { certificate, privateKey } = await issueCertificate({ organization: name, unit: "Organization CA", name: orgId }, true);
  const encryptedPrivateKey = encrypt(privateKey, authorityAad(orgId, id));
  await withWorkerScope(async (tx) => {
    const { validToDate: validTo } = new X509Certificate(certificate);
    const inserted = await tx
      .insert(certificateAuthorities)
      .values({ id, state, certificate, encryptedPrivateKey, validTo })
      .onConflictDoNothing({ target: [certificateAuthorities.organizationId, certificateAuthorities.state] })
      .returning({ id: certificateAuthorities.id });
    if (inserted.length > 0) await recordAuthority(tx, orgId, state === "current" ? "certificate_authority.created" : "certificate_authority.renewed", { id, certificate });
  }, orgId);
}

async function replaceBySystem(tx: Tx, orgId: string) {
  const replaced = await replaceAuthority(tx);
  if (replaced) await recordAuthority(tx, orgId, "certificate_authority.replaced", replaced);
}

function recordAuthority(tx: Tx, orgId: string, name: EventName, { id, certificate }: { id: string; certificate: string }) {
  const facts = authorityFacts(certificate);
  return recordBySystem(tx, orgId, name, { id, label: shortFingerprint(facts) }, facts);
}

const recordBySystem = (tx: Tx, orgId: string, name: EventName, subject: EventSubject, after?: Record<string, unknown>) =>
  writeAuditEntry(tx, { ...agentActor(systemAgent()), orgId, origin: noRequest }, name, { subject, after });

type Kind = { name: string; advice: string };

const authorityKind: Kind = {
  name: "organization certificate",
  advice: "The next one is ready in the settings. Add it wherever the present one is trusted, then apply it; when the present one expires, it’s applied by itself.",
};
const radsecKind: Kind = { name: "RadSec certificate", advice: "Add the certificate that follows it in the settings before then." };
const deviceKind: Kind = { name: "AP RadSec certificate", advice: "Replace it and its private key in the settings before then." };

async function remind(tx: Tx, orgId: string) {
  const now = new Date();
  const [organization] = await tx.select({ name: organizations.name, document: organizations.settings }).from(organizations);
  if (!organization) return;
  const { name, document } = organization;
  const [{ current }, device] = [await authorityOf(tx, now), deviceCertificate(document)];
  if (current) await remindOf(tx, { orgId, name }, authorityKind, current, now);
  if (device) await remindOf(tx, { orgId, name }, deviceKind, device, now);
  for (const certificate of radsecCertificates(document)) await remindOf(tx, { orgId, name }, radsecKind, certificate, now);
}

/** Sends one email to each Super User, for the most urgent reminder not yet sent, and marks all due reminders as sent. */
async function remindOf(tx: Tx, { orgId, name }: { orgId: string; name: string }, kind: Kind, certificate: CertificateFacts, now: Date) {
  const { fingerprint, subject, validTo } = certificate;
  const due = dueReminders(validTo, now);
  const urgent = due.at(-1);
  if (urgent === undefined) return;
  const marked = await tx
    .insert(certificateReminders)
    .values(due.map((daysBefore) => ({ fingerprint, daysBefore })))
    .onConflictDoNothing()
    .returning({ daysBefore: certificateReminders.daysBefore });
  if (!marked.some(({ daysBefore }) => daysBefore === urgent)) return;
  const days = countText(Math.max(1, Math.ceil(daysLeft(validTo, now))), "day");
  const link = `${brand().url}/orgs/${orgId}/settings`;
  const props = { organization: name, kind: kind.name, certificate: subject, fingerprint, days, endsAt: validTo.toISOString(), advice: kind.advice, link };
  for (const { email } of await superUsers(tx)) await enqueueEmail(tx, { template: "certificate-expiring", to: email, props });
  await recordBySystem(tx, orgId, "certificate.expiring", { id: orgId, label: `${kind.name} ${certificate.subject}, ${shortFingerprint(certificate)}, which expires in ${days}` });
}

const superUsers = (tx: Tx) =>
  tx
    .select({ email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.role, "super_user"), isNull(accounts.suspendedAt), or(isNull(memberships.accessEndsAt), gt(memberships.accessEndsAt, sql`now()`))));

export const jobs: readonly Job[] = [issue, remindOfEnd];
