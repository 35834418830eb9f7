"use client";

import { ActionForm, FormEnd, FormError, SubmitButton, TextField } from "@/components/form";
import { fieldPair } from "@/components/ui/form-class";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction } from "@/lib/shared/form-state";
import { AccessFields, type AccessOptions } from "../access-fields";
import { GrantLine } from "../grant-line";

type InviteFormProps = { action: FormAction; parent: { label: string; href: string }; options: AccessOptions; severalHref: string };

export function InviteForm({ action, parent, options, severalHref }: InviteFormProps) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/administrators/schema")).InviteAdministrator}
      action={action}
      warnUnsaved
      className="block"
    >
      <PageHeader title="Invite Administrator" parent={parent}>
        <GrantLine />
        <SubmitButton>Invite</SubmitButton>
      </PageHeader>
      <Sections>
        <FormError />
        <Section
          title="Person"
          description={
            <>
              The invitation is valid for 7 days. <TextLink href={severalHref}>Invite several people</TextLink>
            </>
          }
        >
          <TextField name="email" label="Email" type="email" autoComplete="off" required maxLength={254} />
          <div className={fieldPair}>
            <TextField name="firstName" label="First Name" optional autoComplete="off" maxLength={64} />
            <TextField name="lastName" label="Last Name" optional autoComplete="off" maxLength={64} />
          </div>
          <TextField name="phone" label="Phone" optional type="tel" autoComplete="off" maxLength={32} />
        </Section>
        <AccessFields {...options} />
        <FormEnd>
          <GrantLine />
          <SubmitButton>Invite</SubmitButton>
        </FormEnd>
      </Sections>
    </ActionForm>
  );
}
