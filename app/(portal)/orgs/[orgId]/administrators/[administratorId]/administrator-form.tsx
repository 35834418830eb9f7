"use client";

import type { ReactNode } from "react";
import { ActionForm, DiscardLink, FormEnd, FormError, HiddenField, SubmitButton } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { AccessFields, type AccessOptions } from "../access-fields";

type AdministratorFormProps = {
  action: FormAction;
  name: string;
  defaults: FormValues;
  parent: { label: string; href: string };
  options: AccessOptions;
  aside: ReactNode;
  children: ReactNode;
};

export function AdministratorForm({ action, name, defaults, parent, options, aside, children }: AdministratorFormProps) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/administrators/schema")).UpdateAdministrator}
      action={action}
      defaults={defaults}
      warnUnsaved
      className="block"
    >
      <HiddenField name="administratorId" value={String(defaults.administratorId)} />
      <PageHeader title={name} parent={parent}>
        {aside}
        <DiscardLink />
        <SubmitButton>Save</SubmitButton>
      </PageHeader>
      <Sections>
        <FormError />
        {children}
        <AccessFields {...options} />
        <FormEnd>
          <DiscardLink />
          <SubmitButton>Save</SubmitButton>
        </FormEnd>
      </Sections>
    </ActionForm>
  );
}
