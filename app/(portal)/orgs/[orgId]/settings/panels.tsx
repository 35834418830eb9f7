import type { ReactNode } from "react";
import type { Actor } from "@/lib/access/actor";
import { DeleteOrganizationPanel } from "./delete-organization/panel";
import { OrganizationPanel } from "./organization/panel";

export type PanelProps = { actor: Actor; /** Whether the actor may change settings. */ updates: boolean };

/** What stands in the card of a section besides its fields, by the id of the section. */
export const panels: Readonly<Record<string, (props: PanelProps) => ReactNode | Promise<ReactNode>>> = {
  organization: OrganizationPanel,
  "delete-organization": DeleteOrganizationPanel,
};
