import "server-only";
import { X509Certificate } from "node:crypto";
import { eq } from "drizzle-orm";
import { certificateAuthorities } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { certificateFacts } from "@/lib/kernel/certificate";

/** The additional authenticated data that binds the private key of a CA certificate to its row. */
export const authorityAad = (orgId: string, id: string) => `certificate_authorities/${orgId}/${id}`;

/** What the audit log says about a stored CA certificate. */
export function authorityFacts(certificate: string) {
  const { subject, fingerprint, validTo } = certificateFacts(new X509Certificate(certificate));
  return { subject, fingerprint, expires: validTo.toISOString() };
}

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
