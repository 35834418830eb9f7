import "server-only";
import { X509Certificate } from "node:crypto";
import { certificateAuthorities } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { deviceCertificate, deviceKeyName, radsecCertificates, validity, type Validity } from "@/lib/certificates/rules";
import { GetCertificates } from "@/lib/certificates/schema";
import { certificateFacts, type CertificateFacts } from "@/lib/kernel/certificate";
import { query } from "@/lib/kernel/query";
import { settingsOf } from "@/lib/settings/internal";
import { secretStatesOf } from "@/lib/settings/queries";

export type Certificate = CertificateFacts & { validity: Validity };
export type Authority = Certificate & { id: string };

/** The CA certificate of the organization of the transaction, and the next one where there is one; null while it is being made. */
export async function authorityOf(tx: Tx, now: Date) {
  const { id, state, certificate } = certificateAuthorities;
  const rows = await tx.select({ id, state, certificate }).from(certificateAuthorities);
  const find = (wanted: "current" | "pending"): Authority | null => {
    const row = rows.find((one) => one.state === wanted);
    const facts = row && certificateFacts(new X509Certificate(row.certificate));
    return row && facts ? { id: row.id, ...facts, validity: validity(facts, now) } : null;
  };
  return { current: find("current"), pending: find("pending") };
}

/** All certificates of the organization with their validity, and since when the private key of the access points is set; never a key. */
export const getCertificates = query({
  permission: "settings.read",
  input: GetCertificates,
  async run({ tx, actor }) {
    const now = new Date();
    const { document } = await settingsOf(tx, actor.orgId);
    const { current, pending } = await authorityOf(tx, now);
    const secrets = await secretStatesOf(tx);
    const judged = (facts: CertificateFacts): Certificate => ({ ...facts, validity: validity(facts, now) });
    const device = deviceCertificate(document);
    return {
      authority: current,
      nextAuthority: pending,
      radsec: radsecCertificates(document).map(judged),
      device: device && judged(device),
      deviceKey: secrets.find(({ name }) => name === deviceKeyName) ?? null,
    };
  },
});

export type Certificates = Awaited<ReturnType<typeof getCertificates>>;
