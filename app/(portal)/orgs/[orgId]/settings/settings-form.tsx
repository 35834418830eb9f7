"use client";

import type { ReactNode } from "react";
import { ActionForm, DiscardLink, FormEnd, FormError, SubmitButton } from "@/components/form";
import type { PickOptions } from "@/components/form/use-picks";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import type { FieldView } from "./field-view";
import { SectionFields } from "./section-fields";

export type SectionView = {
  id: string;
  title: string;
  description: string;
  fields: readonly FieldView[];
  /** What stands in the card besides its fields. */
  panel?: ReactNode;
};

type SettingsFormProps = { action: FormAction; defaults: FormValues; sections: readonly SectionView[]; sites: PickOptions; /** The pages below the settings. */ menu?: ReactNode };

const loadSchema = async () => (await import("@/lib/settings/schema")).UpdateSettings;

/** All settings of the organization in one form. */
export function SettingsForm({ action, defaults, sections, sites, menu }: SettingsFormProps) {
  const buttons = (
    <>
      <DiscardLink />
      <SubmitButton>Save</SubmitButton>
    </>
  );
  return (
    <ActionForm schema={loadSchema} action={action} defaults={defaults} warnUnsaved className="block">
      <PageHeader title="Settings">
        {menu}
        {buttons}
      </PageHeader>
      <Sections contents={sections}>
        <FormError />
        {sections.map(({ id, title, description, fields, panel }) => (
          <Section key={id} id={id} title={title} description={description}>
            <SectionFields fields={fields} sites={sites} />
            {panel}
          </Section>
        ))}
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </ActionForm>
  );
}
