import { RecentAuthDialog } from "@/app/(portal)/account/confirm/confirm";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import { Time } from "@/components/ui/time";
import { type Certificate, getCertificates } from "@/lib/certificates/queries";
import { timeFormat } from "@/lib/web/page";
import type { DialogProps } from "../dialogs";
import { addRadsecCertificatesAction, removeDeviceCertificateAction, removeRadsecCertificateAction, renewAuthorityAction, setDeviceCertificateAction } from "./actions";
import { CertificateDetails } from "./certificate-facts";
import { AddCertificatesForm, CertificateConfirmForm, DeviceCertificateForm } from "./forms";

/** The organization's own certificate, its downloads, and the next one where it is ready. */
export async function AuthorityDialog({ actor, session, updates, closeHref }: DialogProps) {
  const [{ authority, nextAuthority }, times] = [await getCertificates(actor, {}), await timeFormat(session)];
  const file = (format: string) => `${closeHref}/organization-certificate?format=${format}`;
  if (!authority) {
    return (
      <Dialog title="Organization certificate" closeHref={closeHref}>
        <div className={formStack}>
          <p>The certificate is being made, which takes a few seconds after an organization was created.</p>
          <div className={buttonRow}>
            <LinkButton href={`${closeHref}?dialog=view-certificate`}>Look again</LinkButton>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Organization certificate" closeHref={closeHref}>
      <div className="grid gap-5">
        <p>Devices of the organization prove themselves with certificates that this one has issued. Add it to the servers that they connect to.</p>
        <CertificateDetails certificate={authority} times={times} />
        <div className={buttonRow}>
          <LinkButton href={file("pem")}>Download .pem</LinkButton>
          <LinkButton href={file("crt")}>Download .crt</LinkButton>
        </div>
        {updates && !nextAuthority && (
          <section className="grid gap-2 border-t border-line pt-4" aria-label="Renewal">
            <p>30 days before it expires, a new certificate is made, which you can add to your servers before it takes the place of this one. You can prepare it earlier.</p>
            <CertificateConfirmForm action={renewAuthorityAction.bind(null, actor.orgId)} closeHref={closeHref} name="pendingId" value="" button="Prepare New Certificate" />
          </section>
        )}
        {nextAuthority && (
          <section className="grid gap-4 border-t border-line pt-4" aria-label="New certificate">
            <h3 className="font-semibold">New certificate</h3>
            <p>
              Add it to your servers as well, then apply it. On <Time at={authority.validTo} {...times} /> it’s applied by itself.
            </p>
            <CertificateDetails certificate={nextAuthority} times={times} />
            {updates && <CertificateConfirmForm action={renewAuthorityAction.bind(null, actor.orgId)} closeHref={closeHref} name="pendingId" value={nextAuthority.id} button="Apply" />}
          </section>
        )}
      </div>
    </Dialog>
  );
}

export function AddRadsecDialog({ actor, updates, closeHref }: DialogProps) {
  if (!updates) return null;
  return (
    <Dialog title="Add a RadSec Certificate" closeHref={closeHref}>
      <AddCertificatesForm action={addRadsecCertificatesAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </Dialog>
  );
}

const missing = (closeHref: string) => (
  <Dialog title="Certificate not found" closeHref={closeHref}>
    <p>It was removed, or replaced by another one.</p>
  </Dialog>
);

/** The certificate that the address names; without one, the first. */
async function findRadsec({ actor, query }: DialogProps): Promise<Certificate | undefined> {
  const { radsec } = await getCertificates(actor, {});
  if (query.certificate === undefined) return radsec[0];
  return radsec.find(({ fingerprint }) => fingerprint === query.certificate);
}

export async function RadsecDialog(props: DialogProps) {
  const certificate = await findRadsec(props);
  if (!certificate) return missing(props.closeHref);
  return (
    <Dialog title="RadSec certificate" closeHref={props.closeHref}>
      <CertificateDetails certificate={certificate} times={await timeFormat(props.session)} />
    </Dialog>
  );
}

export async function RemoveRadsecDialog(props: DialogProps) {
  const { actor, updates, closeHref } = props;
  if (!updates) return null;
  const certificate = await findRadsec(props);
  if (!certificate) return missing(closeHref);
  return (
    <Dialog title="Remove this certificate?" closeHref={closeHref}>
      <div className={formStack}>
        <p>{certificate.subject}</p>
        <p>Access points no longer trust RadSec servers whose certificate it has issued.</p>
        <CertificateConfirmForm action={removeRadsecCertificateAction.bind(null, actor.orgId)} closeHref={closeHref} name="fingerprint" value={certificate.fingerprint} button="Remove Certificate" danger />
      </div>
    </Dialog>
  );
}

export async function DeviceDialog({ actor, session, closeHref }: DialogProps) {
  const { device } = await getCertificates(actor, {});
  if (!device) return missing(closeHref);
  return (
    <Dialog title="AP RadSec Certificate" closeHref={closeHref}>
      <CertificateDetails certificate={device} times={await timeFormat(session)} />
    </Dialog>
  );
}

export function SetDeviceDialog({ actor, session, updates, closeHref }: DialogProps) {
  if (!updates) return null;
  return (
    <RecentAuthDialog session={session} next={`${closeHref}?dialog=ap-certificate`} title="AP RadSec Certificate" closeHref={closeHref}>
      <DeviceCertificateForm action={setDeviceCertificateAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </RecentAuthDialog>
  );
}

export async function RemoveDeviceDialog({ actor, updates, closeHref }: DialogProps) {
  if (!updates) return null;
  const { device } = await getCertificates(actor, {});
  if (!device) return missing(closeHref);
  return (
    <Dialog title="Remove the AP RadSec certificate?" closeHref={closeHref}>
      <div className={formStack}>
        <p>{device.subject}</p>
        <p>Its private key is deleted, too. Access points use certificates of the organization again.</p>
        <CertificateConfirmForm action={removeDeviceCertificateAction.bind(null, actor.orgId)} closeHref={closeHref} name="fingerprint" value={device.fingerprint} button="Remove Certificate" danger />
      </div>
    </Dialog>
  );
}
