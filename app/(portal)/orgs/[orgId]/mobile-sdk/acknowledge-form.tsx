"use client";

import { ActionForm, CheckField, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow } from "@/components/ui/button";
import { acknowledgeSdkKeyAction } from "../../../account/sdk-key/actions";

/** Confirms that the key is stored; until then the dialog keeps showing it. */
export function AcknowledgeKeyForm({ next }: { next: string }) {
  return (
    <ActionForm schema={async () => (await import("@/lib/mobile-sdk/schema")).AcknowledgeSdkKey} action={acknowledgeSdkKeyAction}>
      <FormError />
      <HiddenField name="next" value={next} />
      <CheckField name="stored" label="I have stored this key" />
      <div className={buttonRow}>
        <SubmitButton>Done</SubmitButton>
      </div>
    </ActionForm>
  );
}
