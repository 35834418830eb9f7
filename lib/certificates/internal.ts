import "server-only";
import { X509Certificate } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { withWorkerScope } from "@/db/auth-access";
import { certificateAuthorities, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { systemAgent } from "@/lib/accounts/internal";
import { certificateLabel, nextAuthorityStep } from "@/lib/certificates/rules";
import { agentActor, noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntry } from "@/lib/kernel/audit";
import { certificateFacts } from "@/lib/kernel/certificate";
import { encrypt } from "@/lib/kernel/encryption";
import { issueCertificate } from "@/lib/kernel/issue-certificate";
import type { EventSubject } from "@/lib/shared/event-messages";
import type { EventName } from "@/lib/shared/events";

/** The additional authenticated data that binds the private key of a CA certificate to its row. */
export const authorityAad = (orgId: string, id: string) => `certificate_authorities/${orgId}/${id}`;

type Organization = { id: string; name: string };
type State = "current" | "pending";

/** What the audit log and pages say about a stored CA certificate. */
export function authorityFacts(certificate: string) {
  const { subject, fingerprint, validTo } = certificateFacts(new X509Certificate(certificate));
  return { subject, fingerprint, expires: validTo.toISOString() };
}

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
export async function prepareNextAuthority(orgId: string): Promise<void> {
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
async function makeAuthority(organization: Organization, state: State) {
  const id = v7();
  const { certificate, privateKey } = await issueCertificate({ organization: organization.name, unit: "Organization CA", name: organization.id }, true);
  const encryptedPrivateKey = encrypt(privateKey, authorityAad(organization.id, id));
  await withWorkerScope(async (tx) => {
    const { validToDate: validTo } = new X509Certificate(certificate);
    const inserted = await tx
      .insert(certificateAuthorities)
      .values({ id, state, certificate, encryptedPrivateKey, validTo })
      .onConflictDoNothing({ target: [certificateAuthorities.organizationId, certificateAuthorities.state] })
      .returning({ id: certificateAuthorities.id });
    if (inserted.length > 0) await recordAuthority(tx, organization.id, state === "current" ? "certificate_authority.created" : "certificate_authority.renewed", { id, certificate });
  }, organization.id);
}

async function replaceBySystem(tx: Tx, orgId: string) {
  const replaced = await replaceAuthority(tx);
  if (replaced) await recordAuthority(tx, orgId, "certificate_authority.replaced", replaced);
}

function recordAuthority(tx: Tx, orgId: string, name: EventName, { id, certificate }: { id: string; certificate: string }) {
  const facts = authorityFacts(certificate);
  return recordBySystem(tx, orgId, name, { id, label: certificateLabel(facts) }, facts);
}

/** Records what the installation did by itself in the audit log of an organization. */
export const recordBySystem = (tx: Tx, orgId: string, name: EventName, subject: EventSubject, after?: Record<string, unknown>) =>
  writeAuditEntry(tx, { ...agentActor(systemAgent()), orgId, origin: noRequest }, name, { subject, after });

/** Puts the pending CA certificate in the place of the current one, with its key; returns it, or null when there is none, or not this one. */
export async function replaceAuthority(tx: Tx, pendingId?: string) {
  const columns = { id: certificateAuthorities.id, state: certificateAuthorities.state, certificate: certificateAuthorities.certificate };
  const rows = await tx.select(columns).from(certificateAuthorities).orderBy(certificateAuthorities.id).for("update");
  const pending = rows.find(({ state }) => state === "pending");
  if (!pending || (pendingId && pending.id !== pendingId)) return null;
  await tx.delete(certificateAuthorities).where(eq(certificateAuthorities.state, "current"));
  await tx.update(certificateAuthorities).set({ state: "current" }).where(eq(certificateAuthorities.id, pending.id));
  return pending;
}

/** The organizations, by id, whose CA lacks something. */
export async function orgsWithDueAuthority(tx: Tx, after: string, limit: number, daysAhead: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select id from orgs_with_due_certificate_authority(${after}, ${limit}, ${daysAhead}) id`);
  return rows.map(({ id }) => id);
}

/** The organizations, by id, that may have certificates to remind of. */
export async function orgsWithCertificates(tx: Tx, after: string, limit: number, daysAhead: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select id from orgs_with_certificates(${after}, ${limit}, ${daysAhead}) id`);
  return rows.map(({ id }) => id);
}
