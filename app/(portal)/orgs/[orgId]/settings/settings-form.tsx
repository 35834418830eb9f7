"use client";

import { Fragment, type ReactNode, use } from "react";
import { ActionForm, DiscardLink, FormEnd, FormError, SubmitButton } from "@/components/form";
import { FormContext } from "@/components/form/context";
import type { PickOptions } from "@/components/form/use-picks";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { stepField } from "@/lib/shared/form-values";
import type { FieldView } from "./field-view";
import { Impact } from "./impact";
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

/** All settings of the organization in one form; a change that touches people is shown first and saved when it is confirmed. */
export function SettingsForm({ action, defaults, ...shown }: SettingsFormProps) {
  return (
    <ActionForm schema={loadSchema} action={action} defaults={defaults} warnUnsaved className="block">
      <Steps {...shown} />
    </ActionForm>
  );
}

function Steps({ sections, sites, menu }: Omit<SettingsFormProps, "action" | "defaults">) {
  const { preview } = use(FormContext);
  const impact = preview && "effects" in preview ? preview : undefined;
  const buttons = impact ? (
    <Fragment key="confirm">
      <SubmitButton variant="plain" name={stepField} value="edit">Back</SubmitButton>
      <SubmitButton name={stepField} value="run">Save</SubmitButton>
    </Fragment>
  ) : (
    <Fragment key="edit">
      <DiscardLink />
      <SubmitButton>Save</SubmitButton>
    </Fragment>
  );
  return (
    <>
      <PageHeader title="Settings">
        {!impact && menu}
        {buttons}
      </PageHeader>
      <Sections contents={impact ? undefined : sections}>
        <FormError />
        {impact && <Impact impact={impact} />}
        <div className={impact ? "hidden" : "contents"}>
          {sections.map(({ id, title, description, fields, panel }) => (
            <Section key={id} id={id} title={title} description={description}>
              <SectionFields fields={fields} sites={sites} />
              {panel}
            </Section>
          ))}
        </div>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </>
  );
}
