import { Fragment } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { inputClass } from "@/components/ui/form-class";
import { Tag, type TagKind } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { Certificate } from "@/lib/certificates/queries";
import type { Validity } from "@/lib/certificates/rules";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";

const tags: Partial<Record<Validity, { kind: TagKind; label: string }>> = {
  expired: { kind: "bad", label: "Expired" },
  "ends soon": { kind: "warn", label: "Expires soon" },
  "not yet valid": { kind: "info", label: "Not valid yet" },
};

/** Marks a certificate that is not simply valid. */
export function ValidityTag({ certificate: { validity } }: { certificate: Certificate }) {
  const tag = tags[validity];
  return tag ? <Tag kind={tag.kind}>{tag.label}</Tag> : null;
}

/** A fingerprint in monospace, which breaks between its bytes only. */
export function Fingerprint({ value }: { value: string }) {
  return (
    <code className="font-mono text-xs">
      {value.split(":").map((byte, at) => (
        <Fragment key={at}>
          {at > 0 && <>:<wbr /></>}
          {byte}
        </Fragment>
      ))}
    </code>
  );
}

/** From when to when a certificate is valid, on one line. */
export function ValidPeriod({ certificate: { validFrom, validTo }, times }: { certificate: Certificate; times: DateTimeOptions }) {
  return (
    <>
      Valid from <Time at={validFrom} {...times} shown="date" /> to <Time at={validTo} {...times} shown="date" />
    </>
  );
}

/** Everything that a certificate says, and its text to copy. */
export function CertificateDetails({ certificate, times }: { certificate: Certificate; times: DateTimeOptions }) {
  const { subject, issuer, fingerprint, key, validFrom, validTo, pem } = certificate;
  return (
    <div className="grid gap-4">
      <DescriptionList>
        <Description term="Subject">{subject}</Description>
        <Description term="Issuer">{issuer === subject ? "Itself" : issuer}</Description>
        <Description term="Key">{key}</Description>
        <Description term="Valid from"><Time at={validFrom} {...times} /></Description>
        <Description term="Valid to"><Time at={validTo} {...times} /> <ValidityTag certificate={certificate} /></Description>
        <Description term="SHA-256 fingerprint"><Fingerprint value={fingerprint} /></Description>
      </DescriptionList>
      <textarea readOnly rows={8} aria-label="Certificate as PEM" className={`${inputClass} [font:12px_var(--font-mono)]`} defaultValue={pem} />
      <div>
        <CopyButton value={pem} label="certificate" inWords />
      </div>
    </div>
  );
}
