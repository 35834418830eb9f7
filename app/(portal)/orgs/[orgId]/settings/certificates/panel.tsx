import type { ReactNode } from "react";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { labelClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { triangleAlert } from "@/components/ui/icons";
import { TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { Tag } from "@/components/ui/tag";
import { type Certificates, getCertificates } from "@/lib/certificates/queries";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { countText } from "@/lib/shared/count-text";
import { secretText } from "@/components/settings/field-view";
import type { PanelProps } from "../panels";
import { Fingerprint, ValidityTag, ValidPeriod } from "./certificate-facts";

type PartProps = { certificates: Certificates; path: string; updates: boolean; times: DateTimeOptions };

/** The certificates of the organization, each with its validity. */
export async function CertificatesPanel({ actor, updates, times }: PanelProps) {
  const certificates = await getCertificates(actor, {});
  const part = { certificates, path: `/orgs/${actor.orgId}/settings`, updates, times };
  return (
    <>
      <Warning certificates={certificates} />
      <AuthorityPart {...part} />
      <RadsecPart {...part} />
      <DevicePart {...part} />
    </>
  );
}

/** Says how many certificates have expired or will soon. */
function Warning({ certificates: { authority, device, radsec } }: { certificates: Certificates }) {
  const all = [authority, device, ...radsec];
  const count = (validity: string) => all.filter((one) => one?.validity === validity).length;
  const [expired, soon] = [count("expired"), count("ends soon")];
  const texts = [expired > 0 && `${countText(expired, "certificate has", "certificates have")} expired.`, soon > 0 && `${countText(soon, "certificate expires", "certificates expire")} within 30 days.`];
  const text = texts.filter(Boolean).join(" ");
  return text ? (
    <p className={`flex items-start gap-2 rounded-md px-3 py-2 ${expired > 0 ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn"}`}>
      <span className="mt-0.5"><IconPath d={triangleAlert} /></span>
      {text}
    </p>
  ) : null;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-2" role="group" aria-label={title}>
      <h3 className={labelClass}>{title}</h3>
      {children}
    </div>
  );
}

function AuthorityPart({ certificates: { authority, nextAuthority }, path, times }: PartProps) {
  return (
    <Part title="Organization certificate">
      <p className="text-sm text-muted">{authority ? <ValidPeriod certificate={authority} times={times} /> : "It’s being made. This takes a few seconds after the organization was created."}</p>
      {nextAuthority && <p><Tag kind="info">A new certificate is ready to be applied</Tag></p>}
      <div className={buttonRow}>
        <LinkButton href={`${path}?dialog=view-certificate`}>View Certificate</LinkButton>
      </div>
    </Part>
  );
}

function RadsecPart({ certificates: { radsec }, path, updates, times }: PartProps) {
  return (
    <Part title="RadSec Certificates">
      {radsec.length === 0 && <p className="text-sm text-muted">None. Add the certificates of the authorities that issue your RadSec servers’ certificates.</p>}
      {radsec.length > 0 && (
        <Rows label="RadSec Certificates">
          {radsec.map((certificate) => {
            const { fingerprint, subject, issuer } = certificate;
            const dialog = (name: string) => `${path}?dialog=${name}&certificate=${fingerprint}`;
            const facts = [`Issued by ${issuer === subject ? "itself" : issuer}`, <ValidPeriod key="valid" certificate={certificate} times={times} />, <Fingerprint key="fingerprint" value={fingerprint} />];
            return (
              <Row key={fingerprint} title={<>{subject} <ValidityTag certificate={certificate} /></>} facts={facts}>
                <span className="flex gap-3">
                  <TextLink href={dialog("radsec-certificate")}>View<span className="sr-only"> {subject}</span></TextLink>
                  {updates && <TextLink href={dialog("remove-radsec-certificate")}>Remove<span className="sr-only"> {subject}</span></TextLink>}
                </span>
              </Row>
            );
          })}
        </Rows>
      )}
      {updates && (
        <div className={buttonRow}>
          <LinkButton href={`${path}?dialog=add-radsec-certificate`}>Add a RadSec Certificate</LinkButton>
        </div>
      )}
    </Part>
  );
}

function DevicePart({ certificates: { device, deviceKey }, path, updates, times }: PartProps) {
  if (!device) {
    return (
      <Part title="AP RadSec Certificate">
        <p className="text-sm text-muted">Not set. Access points use certificates of the organization.</p>
        {updates && (
          <div className={buttonRow}>
            <LinkButton href={`${path}?dialog=ap-certificate`}>Set AP RadSec Certificate</LinkButton>
          </div>
        )}
      </Part>
    );
  }
  const facts = [`Issued by ${device.issuer === device.subject ? "itself" : device.issuer}`, <ValidPeriod key="valid" certificate={device} times={times} />, <Fingerprint key="fingerprint" value={device.fingerprint} />];
  return (
    <Part title="AP RadSec Certificate">
      <Rows label="AP RadSec Certificate">
        <Row title={<>{device.subject} <ValidityTag certificate={device} /></>} facts={facts}>
          <TextLink href={`${path}?dialog=view-ap-certificate`}>View<span className="sr-only"> AP RadSec Certificate</span></TextLink>
        </Row>
        <Row title="Private Key" facts={[deviceKey ? secretText(deviceKey, times) : "Not set. Set it again together with its certificate."]} />
      </Rows>
      {updates && (
        <div className={buttonRow}>
          <LinkButton href={`${path}?dialog=ap-certificate`}>Replace</LinkButton>
          <LinkButton href={`${path}?dialog=remove-ap-certificate`} variant="quiet">Remove</LinkButton>
        </div>
      )}
    </Part>
  );
}
