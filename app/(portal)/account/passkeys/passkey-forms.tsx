"use client";

import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { CeremonyButton, useCeremony, useSupport } from "@/components/passkey/ceremony-button";
import { dialog } from "@/components/passkey/dialog";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { addPasskeyAction, removePasskeyAction, renamePasskeyAction } from "./actions";

const nameHint = "To tell it from others in this list.";

type AddProps = { offer: PublicKeyCredentialCreationOptionsJSON; name: string; closeHref: string };

export function AddPasskeyForm({ offer, name, closeHref }: AddProps) {
  const isSupported = useSupport();
  return (
    <>
      <p className="script-off">Adding a passkey needs a browser that runs scripts.</p>
      {isSupported ? (
        <div className="script-on">
          <ActionForm
            schema={nameSchema}
            action={addPasskeyAction}
            defaults={{ name }}
          >
            <FormError />
            <p>Your browser asks next where to keep the passkey and to unlock that device. Your password keeps working.</p>
            <TextField name="name" label="Name" hint={nameHint} autoComplete="off" maxLength={64} required />
            <Make offer={offer} closeHref={closeHref} />
          </ActionForm>
        </div>
      ) : (
        <p>This browser does not know passkeys. Open My Account in a newer one to add a passkey there.</p>
      )}
    </>
  );
}

const make = async (offer: PublicKeyCredentialCreationOptionsJSON) => (await dialog()).startRegistration({ optionsJSON: offer });
const nameSchema = async () => (await import("@/lib/passkeys/schema")).PasskeyName;
const isNamed = async (form: HTMLFormElement) => (await nameSchema()).safeParse({ name: new FormData(form).get("name") }).success;

function Make({ offer, closeHref }: Omit<AddProps, "name">) {
  const ceremony = useCeremony({ kind: "add", offer, perform: make });
  return (
    <CeremonyButton ceremony={ceremony} isReady={isNamed} variant="primary" beside={<LinkButton href={closeHref}>Back</LinkButton>}>
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
        <LinkButton href={closeHref}>Back</LinkButton>
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
        {name} no longer signs you in, on any device that has it. Your password and your other passkeys keep working, and browsers that are
        signed in stay so. The device may go on offering the passkey until you delete it there, too. This cannot be undone, but you can add
        a new one.
      </p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Remove passkey</SubmitButton>
        <LinkButton href={closeHref}>Keep it</LinkButton>
      </div>
    </ActionForm>
  );
}
