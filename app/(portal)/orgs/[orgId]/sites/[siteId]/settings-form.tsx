"use client";

import type { ComponentProps } from "react";
import { SettingsForm } from "@/components/settings/settings-form";

const loadSchema = async () => (await import("@/lib/site-settings/schema")).UpdateSiteSettings;

/** All sections of a site. */
export function SiteSettingsForm(props: Omit<ComponentProps<typeof SettingsForm>, "schema">) {
  return <SettingsForm schema={loadSchema} offersPreview previewDescription="Saving changes 1 site, in these settings." {...props} />;
}
