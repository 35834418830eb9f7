"use client";

import { ActionForm, FormEnd, FormError, SelectField, SubmitButton, TextField } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import type { SiteOptions } from "./options";
import { GroupsField } from "./groups-field";
import { LocationField, type LocationFieldProps } from "./location/location-field";
import { TimeZoneField } from "./time-zone-field";

type SiteFormProps = {
  action: FormAction;
  defaults: FormValues;
  /** Search URL of the site groups, with the permission only. */
  suggestionsHref?: string;
  parent: { label: string; href: string };
  /** Rendered on the server, because a browser may know other time zones. */
  options: SiteOptions;
  location: LocationFieldProps;
};

/** The form of a new site. */
export function SiteForm({ action, defaults, suggestionsHref, parent, options, location }: SiteFormProps) {
  const button = <SubmitButton>Create Site</SubmitButton>;
  return (
    <ActionForm
      schema={async () => (await import("@/lib/sites/schema")).CreateSite}
      action={action}
      defaults={defaults}
      warnUnsaved
      className="block"
    >
      <PageHeader title="Create Site" parent={parent}>
        {button}
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="Information" description="The site’s name, country and time zone.">
          <TextField name="name" label="Site Name" required maxLength={64} />
          <SelectField name="country" label="Country" required placeholder="Choose" options={options.countries} />
          <TimeZoneField zones={options.zones} zonesByCountry={options.zonesByCountry} country={String(defaults.country ?? "")} />
        </Section>
        <Section title="Location" description="Where people find it, and where it stands on the map. It proposes country and time zone.">
          <LocationField {...location} />
        </Section>
        <Section title="Site Groups" description="Groups give administrators access to several sites at once.">
          {suggestionsHref === undefined ? (
            <TextField name="groups" label="Site groups" readOnly hint="Only administrators with access to all sites can change groups." />
          ) : (
            <GroupsField suggestionsHref={suggestionsHref} />
          )}
        </Section>
        <FormEnd>{button}</FormEnd>
      </Sections>
    </ActionForm>
  );
}
