"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction } from "@/lib/shared/form-state";

type SdkKeyFormProps = { action: FormAction; parent: { label: string; href: string } };

export function SdkKeyForm({ action, parent }: SdkKeyFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/mobile-sdk/schema")).CreateSdkKey} action={action} warnUnsaved className="page-form">
      <PageHeader title="Create SDK Key" parent={parent}>
        <SubmitButton>Create SDK Key</SubmitButton>
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="Information" description="The secret key and its QR code are shown next, once.">
          <TextField name="name" label="Name" required maxLength={64} autoComplete="off" hint="Name the app that will use the key, so that you know later which one to revoke." />
        </Section>
      </Sections>
    </ActionForm>
  );
}
