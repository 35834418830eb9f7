"use client";

import { ActionForm, CheckField, FormEnd, FormError, SubmitButton, TextField } from "@/components/form";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { textLink } from "@/components/ui/text-link";
import type { FormAction } from "@/lib/shared/form-state";
import { CsvFileField } from "./csv-file-field";

type SiteImportFormProps = { action: FormAction; sitesHref: string };

/** Takes a list of sites, which is shown as it was understood before anything is imported. */
export function SiteImportForm({ action, sitesHref }: SiteImportFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/site-imports/schema")).CreateSiteImport} action={action} warnUnsaved className="page-form">
      <PageHeader title="Import Sites" parent={{ label: "Site Configuration", href: sitesHref }}>
        <LinkButton href={`${sitesHref}/imports`}>Past Imports</LinkButton>
        <SubmitButton>Preview</SubmitButton>
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="List" description="Up to 2,000 sites. You see what would be imported before anything is.">
          <CsvFileField />
          <TextField name="csv" label="Or paste the list" rows={8} mono autoComplete="off" />
          <CheckField name="createsGroups" label="Create the site groups that don’t exist yet" hint="Otherwise, rows that name an unknown group are left out." />
        </Section>
        <Section title="Columns" description="The first line names the columns, in any order.">
          <Columns sitesHref={sitesHref} />
        </Section>
        <FormEnd>
          <SubmitButton>Preview</SubmitButton>
        </FormEnd>
      </Sections>
    </ActionForm>
  );
}

const columns = [
  ["Name", "Required. A row whose name exists already is ignored."],
  ["Country", "Required. Its name in English or its code, such as Denmark or DK."],
  ["Time zone", "Such as Europe/Copenhagen. Optional where the country has only one time."],
  ["Address", "Optional, in one line."],
  ["Latitude, Longitude", "Optional, in degrees, such as 55.6761 and 12.5683."],
  ["Notes", "Optional."],
  ["Site groups", "Optional, separated by semicolons."],
];

function Columns({ sitesHref }: { sitesHref: string }) {
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 max-sm:grid-cols-[minmax(0,1fr)] max-sm:gap-y-0.5">
        {columns.map(([name, meaning]) => (
          <div key={name} className="contents max-sm:block max-sm:not-first:mt-2">
            <dt className="font-medium">{name}</dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">
        Cells are separated by commas, semicolons or tabs. Other columns are ignored. The{" "}
        <a className={textLink} href={`${sitesHref}/download`} download="">CSV file of your sites</a>{" "}
        has this form.
      </p>
    </>
  );
}
