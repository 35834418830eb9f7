"use client";

import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { CeremonyButton, useCeremony, useSupport } from "@/components/passkey/ceremony-button";
import { dialog } from "@/components/passkey/dialog";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { addPasskeyAction, removePasskeyAction, renamePasskeyAction } from "./actions";

const nameHint = "A name to recognize it by, such as Work laptop.";

type AddProps = { options: PublicKeyCredentialCreationOptionsJSON; name: string; closeHref: string };

export function AddPasskeyForm({ options, name, closeHref }: AddProps) {
  const isSupported = useSupport();
  return (
    <>
      <p className="script-off">Adding a passkey needs JavaScript.</p>
      {isSupported ? (
        <div className="script-on">
          <ActionForm
            schema={nameSchema}
            action={addPasskeyAction}
            defaults={{ name }}
          >
            <FormError />
            <p>Your browser asks where to save the passkey and to unlock that device. Your password still works.</p>
            <TextField name="name" label="Name" hint={nameHint} autoComplete="off" maxLength={64} required />
            <Make options={options} closeHref={closeHref} />
          </ActionForm>
        </div>
      ) : (
        <p>This browser doesn’t support passkeys. Open My Account in a newer browser to add one.</p>
      )}
    </>
  );
}

const make = async (options: PublicKeyCredentialCreationOptionsJSON) => (await dialog()).startRegistration({ optionsJSON: options });
const nameSchema = async () => (await import("@/lib/passkeys/schema")).PasskeyName;
const isNamed = async (form: HTMLFormElement) => (await nameSchema()).safeParse({ name: new FormData(form).get("name") }).success;

function Make({ options, closeHref }: Omit<AddProps, "name">) {
  const ceremony = useCeremony({ kind: "add", options, perform: make });
  return (
    <CeremonyButton ceremony={ceremony} isReady={isNamed} variant="primary" beside={<LinkButton href={closeHref}>Cancel</LinkButton>}>
      Continue
    </CeremonyButton>
  );
}

type OneProps = { passkeyId: string; name: string; closeHref: string };

export function RenamePasskeyForm({ passkeyId, name, closeHref }: OneProps) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/passkeys/schema")).RenamePasskey}
      action={renamePasskeyAction}
      defaults={{ name }}
    >
      <FormError />
      <HiddenField name="passkeyId" value={passkeyId} />
      <TextField name="name" label="Name" hint={nameHint} autoComplete="off" maxLength={64} required />
      <div className={buttonRow}>
        <SubmitButton>Rename</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

export function RemovePasskeyForm({ passkeyId, name, closeHref }: OneProps) {
  return (
    <ActionForm action={removePasskeyAction}>
      <FormError />
      <HiddenField name="passkeyId" value={passkeyId} />
      <p>
        {name} can no longer sign you in, on any device. Your password and your other passkeys still work, and browsers stay signed in. The
        device may keep suggesting the passkey until you delete it there too. You can’t undo this, but you can add a new one.
      </p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Remove passkey</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
