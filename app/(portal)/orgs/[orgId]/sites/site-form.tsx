"use client";

import type { ReactNode } from "react";
import { ActionForm, DiscardLink, FormEnd, FormError, SelectField, SubmitButton, TextField } from "@/components/form";
import { CopyButton } from "@/components/ui/copy-button";
import { withCopyButton } from "@/components/ui/form-class";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import type { SiteOptions } from "./options";
import { GroupsField } from "./groups-field";
import { TimeZoneField } from "./time-zone-field";

type SiteFormProps = {
  action: FormAction;
  defaults: FormValues;
  creates: boolean;
  /** Search URL of the site groups, with the permission only. */
  suggestionsHref?: string;
  parent: { label: string; href: string };
  /** Rendered on the server, because a browser may know other time zones. */
  options: SiteOptions;
  /** Further actions beside the submit button. */
  aside?: ReactNode;
};

export function SiteForm({ action, defaults, creates, suggestionsHref, parent, options, aside }: SiteFormProps) {
  const buttons = (
    <>
      {!creates && <DiscardLink />}
      <SubmitButton>{creates ? "Create Site" : "Save"}</SubmitButton>
    </>
  );
  return (
    <ActionForm
      schema={async () => (await import("@/lib/sites/schema"))[creates ? "CreateSite" : "UpdateSite"]}
      action={action}
      defaults={defaults}
      warnUnsaved
      className="block"
    >
      <PageHeader title={creates ? "Create Site" : String(defaults.name)} parent={parent}>
        {aside}
        {buttons}
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="Information" description={creates ? "The site’s name, country and time zone." : "The site’s name, country and time zone. The site ID never changes."}>
          <TextField name="name" label="Site Name" required maxLength={64} />
          {!creates && (
            <div className={withCopyButton}>
              <TextField name="siteId" label="Site ID" mono readOnly />
              <CopyButton value={String(defaults.siteId)} label="Site ID" />
            </div>
          )}
          <SelectField name="country" label="Country" required placeholder="Choose" options={options.countries} />
          <TimeZoneField zones={options.zones} zonesByCountry={options.zonesByCountry} country={String(defaults.country ?? "")} />
        </Section>
        <Section title="Location" description="Where people find it.">
          <TextField name="streetAddress" label="Street address" maxLength={200} autoComplete="off" />
        </Section>
        <Section title="Site Groups" description="Groups give administrators access to several sites at once.">
          {suggestionsHref === undefined ? (
            <TextField name="groups" label="Site groups" readOnly hint="Only administrators with access to all sites can change groups." />
          ) : (
            <GroupsField suggestionsHref={suggestionsHref} />
          )}
        </Section>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </ActionForm>
  );
}
