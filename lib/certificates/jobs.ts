import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { accounts, certificateReminders, memberships, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { maintainAuthority, orgsWithCertificates, orgsWithDueAuthority, prepareNextAuthority, recordBySystem } from "@/lib/certificates/internal";
import { authorityOf } from "@/lib/certificates/queries";
import { certificateLabel, deviceCertificate, dueReminders, radsecCertificates, renewalDays } from "@/lib/certificates/rules";
import type { CertificateFacts } from "@/lib/kernel/certificate";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { type Job, job } from "@/lib/kernel/job";
import { countText } from "@/lib/shared/count-text";

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
const batchSize = 200;

type Page = (tx: Tx, after: string, limit: number, daysAhead: number) => Promise<string[]>;

/** Does something for each organization of a list that is read in batches; one that fails does not block the others. */
async function forEachOrganization(page: Page, work: (orgId: string) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (let after: string | undefined = NIL_UUID; after !== undefined; ) {
    const last: string = after;
    const ids = await withWorkerScope((tx) => page(tx, last, batchSize, renewalDays));
    for (const id of ids) await work(id).catch((error: unknown) => errors.push(error));
    after = ids.length === batchSize ? ids.at(-1) : undefined;
  }
  if (errors.length > 0) throw new Error(`Certificates of ${countText(errors.length, "organization")} failed`, { cause: errors[0] });
}

/** Maintains the CA of every organization whose CA lacks something. */
export const maintainAllAuthorities = () => forEachOrganization(orgsWithDueAuthority, maintainAuthority);

/** Tells the Super Users of every organization of certificates that end soon, once for each certificate and reminder. */
export const remindAllOrganizations = () => forEachOrganization(orgsWithCertificates, (orgId) => withWorkerScope((tx) => remind(tx, orgId), orgId));

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
  const days = countText(Math.max(1, Math.ceil((validTo.getTime() - now.getTime()) / 86_400_000)), "day");
  const link = `${brand().url}/orgs/${orgId}/settings#certificates`;
  const props = { organization: name, kind: kind.name, certificate: subject, fingerprint, days, endsAt: validTo.toISOString(), advice: kind.advice, link };
  for (const { email } of await superUsers(tx)) await enqueueEmail(tx, { template: "certificate-expiring", to: email, props });
  await recordBySystem(tx, orgId, "certificate.expiring", { id: orgId, label: `${kind.name} ${certificateLabel(certificate)}, which expires in ${days}` });
}

const superUsers = (tx: Tx) =>
  tx
    .select({ email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.role, "super_user"), isNull(accounts.suspendedAt)));

export const jobs: readonly Job[] = [issue, remindOfEnd];
