"use client";

import type { ComponentProps } from "react";
import { SettingsForm } from "@/components/settings/settings-form";
import type { SectionTemplateList } from "./kinds";

const schemas = {
  "rf-templates": async () => (await import("@/lib/rf-templates/schema")).UpdateRfTemplate,
  "device-profiles": async () => (await import("@/lib/device-profiles/schema")).UpdateDeviceProfile,
};

/** All sections of a template. */
export function TemplateSettingsForm({ list, ...props }: Omit<ComponentProps<typeof SettingsForm>, "schema"> & { list: SectionTemplateList }) {
  return <SettingsForm schema={schemas[list]} {...props} />;
}
