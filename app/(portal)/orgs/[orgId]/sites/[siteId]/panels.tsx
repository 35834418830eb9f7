import type { ReactNode } from "react";
import type { Actor } from "@/lib/access/actor";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import type { getSiteSettings } from "@/lib/site-settings/queries";
import { FirmwarePanel } from "./firmware/panel";
import { InformationPanel } from "./information/panel";
import { VariablesPanel } from "./variables/panel";

export type PanelProps = {
  actor: Actor;
  /** Whether the actor may change the site. */
  updates: boolean;
  times: DateTimeOptions;
  site: Awaited<ReturnType<typeof getSiteSettings>>;
};

/** What stands in the card of a section besides its fields, by the id of the section. */
export const panels: Readonly<Record<string, (props: PanelProps) => ReactNode | Promise<ReactNode>>> = {
  information: InformationPanel,
  "site-variables": VariablesPanel,
  "ap-firmware-upgrade": FirmwarePanel,
};
