"use client";

import type { ComponentProps } from "react";
import { SettingsForm } from "@/components/settings/settings-form";

const loadSchema = async () => (await import("@/lib/settings/schema")).UpdateSettings;

/** All settings of the organization. */
export function OrganizationSettingsForm(props: Omit<ComponentProps<typeof SettingsForm>, "title" | "schema">) {
  return (
    <SettingsForm
      title="Settings"
      schema={loadSchema}
      previewDescription="These rules become stricter. They apply at once, also to people who are signed in."
      {...props}
    />
  );
}
