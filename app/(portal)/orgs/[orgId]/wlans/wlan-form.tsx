"use client";

import type { ComponentProps } from "react";
import { SettingsForm } from "@/components/settings/settings-form";

const schemas = {
  create: async () => (await import("@/lib/wlans/schema")).CreateWlan,
  update: async () => (await import("@/lib/wlans/schema")).UpdateWlan,
};

type WlanFormProps = Omit<ComponentProps<typeof SettingsForm>, "schema" | "submit"> & { kind: keyof typeof schemas };

/** All sections of a WLAN. */
export function WlanForm({ kind, ...props }: WlanFormProps) {
  return <SettingsForm schema={schemas[kind]} submit={kind === "create" ? "Add WLAN" : "Save"} {...props} />;
}
