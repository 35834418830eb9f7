import type { ReactNode } from "react";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SearchParams } from "@/lib/web/page";
import { DeleteOrganizationDialog } from "./delete-organization/dialog";
import type { PanelProps } from "./panels";

export type DialogProps = PanelProps & { session: AuthSession; query: SearchParams; closeHref: string };

/** The dialogs of the sections, by the value of `dialog` in the query string. */
export const dialogs: Readonly<Record<string, (props: DialogProps) => ReactNode | Promise<ReactNode>>> = {
  "delete-organization": DeleteOrganizationDialog,
};
