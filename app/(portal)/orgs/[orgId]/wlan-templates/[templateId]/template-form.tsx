"use client";

import type { ReactNode } from "react";
import { ActionForm, CheckField, DiscardLink, FormEnd, FormError, PickList, SubmitButton, TextField } from "@/components/form";
import type { PickOptions } from "@/components/form/use-picks";
import { CopyButton } from "@/components/ui/copy-button";
import { withCopyButton } from "@/components/ui/form-class";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { sections } from "./sections";

type Places = Readonly<Record<"sites" | "groups" | "exceptSites" | "exceptGroups", PickOptions>>;

type WlanTemplateFormProps = {
  parent: { label: string; href: string };
  action: FormAction;
  defaults: FormValues;
  places: Places;
  panels: { wlans: ReactNode; variables: ReactNode };
  menu: ReactNode;
};

const loadSchema = async () => (await import("@/lib/wlan-templates/schema")).UpdateWlanTemplate;
const none = "There are no site groups yet.";
const byName = (name: string, noun: string) => ({ name, label: `More ${noun} by name, one per line` });

/** The name of a WLAN template and where it is applied, with its WLANs and variables beside. */
export function WlanTemplateForm({ parent, action, defaults, places, panels, menu }: WlanTemplateFormProps) {
  const buttons = (
    <>
      <DiscardLink />
      <SubmitButton>Save</SubmitButton>
    </>
  );
  return (
    <ActionForm schema={loadSchema} action={action} defaults={defaults} warnUnsaved className="block">
      <PageHeader title={String(defaults.name)} parent={parent}>
        {menu}
        {buttons}
      </PageHeader>
      <Sections contents={sections}>
        <FormError />
        <Section {...sections[0]}>
          <TextField name="name" label="Name" required maxLength={64} autoComplete="off" />
          <div className={withCopyButton}>
            <TextField name="templateId" label="WLAN Template ID" mono readOnly />
            <CopyButton value={String(defaults.templateId)} label="WLAN Template ID" />
          </div>
        </Section>
        <Section {...sections[1]}>{panels.wlans}</Section>
        <Section {...sections[2]}>
          <CheckField name="organization" label="Whole organization" hint="All current and future sites." />
          <PickList name="groups" label="Site groups" options={places.groups} byName={byName("groupNames", "groups")} none={none} />
          <PickList name="sites" label="Sites" options={places.sites} byName={byName("siteNames", "sites")} />
        </Section>
        <Section {...sections[3]}>
          <PickList name="exceptGroups" label="Excepted site groups" options={places.exceptGroups} byName={byName("exceptGroupNames", "excepted groups")} none={none} />
          <PickList name="exceptSites" label="Excepted sites" options={places.exceptSites} byName={byName("exceptSiteNames", "excepted sites")} />
        </Section>
        <Section {...sections[4]}>{panels.variables}</Section>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </ActionForm>
  );
}
