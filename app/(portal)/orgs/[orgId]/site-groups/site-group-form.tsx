"use client";

import type { ReactNode } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { FormAction, FormValues } from "@/lib/shared/form-state";

type SiteGroupFormProps = {
  action: FormAction;
  /** Those of an existing site group; empty for a new one. */
  defaults: FormValues;
  parent: { label: string; href: string };
  /** Further actions beside the submit button. */
  aside?: ReactNode;
};

export function SiteGroupForm({ action, defaults, parent, aside }: SiteGroupFormProps) {
  const { siteGroupId } = defaults;
  return (
    <ActionForm
      schema={async () => (await import("@/lib/site-groups/schema"))[siteGroupId ? "RenameSiteGroup" : "CreateSiteGroup"]}
      action={action}
      defaults={defaults}
      warnUnsaved
      className="block"
    >
      <PageHeader title={siteGroupId ? String(defaults.name) : "Create Site Group"} parent={parent}>
        {aside}
        <SubmitButton>{siteGroupId ? "Save" : "Create Site Group"}</SubmitButton>
      </PageHeader>
      <Sections>
        <FormError />
        <Section title="Information" description={siteGroupId ? "Renaming a group doesn’t change its sites or administrators." : "Groups give administrators access to several sites at once."}>
          {siteGroupId && <HiddenField name="siteGroupId" value={String(siteGroupId)} />}
          <TextField name="name" label="Name" required maxLength={64} autoComplete="off" />
        </Section>
      </Sections>
    </ActionForm>
  );
}
