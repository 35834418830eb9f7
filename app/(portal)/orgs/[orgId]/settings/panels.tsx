import type { ReactNode } from "react";
import type { Actor } from "@/lib/access/actor";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { ApplicationInsightsPanel } from "./application-insights/panel";
import { CertificatesPanel } from "./certificates/panel";
import { CloudSharkPanel } from "./cloudshark/panel";
import { DeleteOrganizationPanel } from "./delete-organization/panel";
import { ManagementConnectionPanel } from "./management-connection/panel";
import { OrganizationPanel } from "./organization/panel";

export type PanelProps = { actor: Actor; /** Whether the actor may change settings. */ updates: boolean; times: DateTimeOptions };

/** What stands in the card of a section besides its fields, by the id of the section. */
export const panels: Readonly<Record<string, (props: PanelProps) => ReactNode | Promise<ReactNode>>> = {
  organization: OrganizationPanel,
  "management-connection": ManagementConnectionPanel,
  certificates: CertificatesPanel,
  cloudshark: CloudSharkPanel,
  "application-insights": ApplicationInsightsPanel,
  "delete-organization": DeleteOrganizationPanel,
};
