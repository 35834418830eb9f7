import type { ReactNode } from "react";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SearchParams } from "@/lib/web/page";
import { LinkAccountDialog } from "./application-insights/dialog";
import { TestCloudSharkDialog } from "./cloudshark/dialog";
import { DeleteOrganizationDialog } from "./delete-organization/dialog";
import type { PanelProps } from "./panels";

export type DialogProps = Omit<PanelProps, "times"> & { session: AuthSession; query: SearchParams; closeHref: string };

/** The dialogs of the sections, by the value of `dialog` in the query string. */
export const dialogs: Readonly<Record<string, (props: DialogProps) => ReactNode | Promise<ReactNode>>> = {
  "test-cloudshark": TestCloudSharkDialog,
  "link-account": LinkAccountDialog,
  "delete-organization": DeleteOrganizationDialog,
};
