"use client";

import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type FormProps = { action: FormAction; closeHref: string };

/** Pastes one or several certificates. */
export function AddCertificatesForm({ action, closeHref }: FormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/certificates/schema")).AddRadsecCertificates} action={action}>
      <FormError />
      <TextField
        name="certificates"
        label="Certificates"
        hint="As PEM, one or several, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----."
        rows={10}
        mono
        autoComplete="off"
        required
      />
      <div className={buttonRow}>
        <SubmitButton>Add Certificates</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

/** Pastes the private key of the access points and its certificate. */
export function DeviceCertificateForm({ action, closeHref }: FormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/certificates/schema")).SetDeviceCertificate} action={action}>
      <FormError />
      <TextField name="privateKey" label="Private Key" hint="As PEM, without a passphrase. It’s stored encrypted and never shown again." rows={6} mono autoComplete="off" required />
      <TextField name="certificate" label="Signed Certificate" hint="As PEM. Certificates of its issuers may follow it." rows={6} mono autoComplete="off" required />
      <div className={buttonRow}>
        <SubmitButton>Save Certificate</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

type ConfirmFormProps = FormProps & { name: "fingerprint" | "pendingId"; value: string; button: string; danger?: boolean };

/** Confirms something about one certificate. */
export function CertificateConfirmForm({ action, closeHref, name, value, button, danger }: ConfirmFormProps) {
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name={name} value={value} />
      <div className={buttonRow}>
        <SubmitButton variant={danger ? "danger" : undefined}>{button}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
