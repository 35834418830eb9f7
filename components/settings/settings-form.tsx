"use client";

import { Fragment, type ReactNode, use } from "react";
import type * as z from "zod/mini";
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

type SettingsFormProps = {
  title: string;
  parent?: { label: string; href: string };
  schema: () => Promise<z.ZodMiniType>;
  action: FormAction;
  defaults: FormValues;
  sections: readonly SectionView[];
  /** The options of the fields that list sites. */
  sites?: PickOptions;
  /** The fields that the page draws itself, by their names. */
  own?: Readonly<Record<string, ReactNode>>;
  /** Further actions and pages. */
  menu?: ReactNode;
  /** What the button says. */
  submit?: string;
  /** Says why a preview is shown before saving. */
  previewDescription?: string;
  /** Offers to show what saving changes before it is saved. */
  offersPreview?: true;
};

/** All settings of a page in one form; a change that touches others is shown first and saved when it is confirmed. */
export function SettingsForm({ schema, action, defaults, ...shown }: SettingsFormProps) {
  return (
    <ActionForm schema={schema} action={action} defaults={defaults} warnUnsaved className="block">
      <Steps {...shown} />
    </ActionForm>
  );
}

function Steps({ title: heading, parent, sections, sites, own, menu, submit = "Save", previewDescription, offersPreview }: Omit<SettingsFormProps, "schema" | "action" | "defaults">) {
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
      <SubmitButton>{submit}</SubmitButton>
      {offersPreview && (
        // Enter presses the first button of a form, which is to save.
        <span className="-order-1">
          <SubmitButton variant="plain" name={stepField} value="preview">Preview</SubmitButton>
        </span>
      )}
    </Fragment>
  );
  return (
    <>
      <PageHeader title={heading} parent={parent}>
        {!impact && menu}
        {buttons}
      </PageHeader>
      <Sections contents={impact ? undefined : sections}>
        <FormError />
        {impact && <Impact impact={impact} description={previewDescription} />}
        <div className={impact ? "hidden" : "contents"}>
          {sections.map(({ id, title, description, fields, panel }) => (
            <Section key={id} id={id} title={title} description={description}>
              <SectionFields fields={fields} sites={sites} own={own} />
              {panel}
            </Section>
          ))}
        </div>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </>
  );
}
