"use client";

import { ActionForm, FormEnd, FormError, RadioGroup, SubmitButton, TextField } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction } from "@/lib/shared/form-state";
import { deviceTypes, templateKinds, type TemplateList } from "./kinds";

const schemas = {
  "rf-templates": async () => (await import("@/lib/rf-templates/schema")).CreateRfTemplate,
  "wlan-templates": async () => (await import("@/lib/wlan-templates/schema")).CreateWlanTemplate,
  "device-profiles": async () => (await import("@/lib/device-profiles/schema")).CreateDeviceProfile,
};

/** The form of a new template; its settings follow on its page. */
export function NewTemplateForm({ list, action, parent }: { list: TemplateList; action: FormAction; parent: { label: string; href: string } }) {
  const { button, about } = templateKinds[list];
  const submit = <SubmitButton>{`Create ${button}`}</SubmitButton>;
  return (
    <ActionForm schema={schemas[list]} action={action} defaults={list === "device-profiles" ? { type: "ap" } : {}} warnUnsaved className="block">
      <PageHeader title={`Create ${button}`} parent={parent}>
        {submit}
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="Information" description={`${about} The settings follow on the next page.`}>
          <TextField name="name" label="Name" required maxLength={64} autoComplete="off" />
          {list === "device-profiles" && <RadioGroup name="type" label="Device type" required options={deviceTypes} hint="It never changes." />}
        </Section>
        <FormEnd>{submit}</FormEnd>
      </Sections>
    </ActionForm>
  );
}
