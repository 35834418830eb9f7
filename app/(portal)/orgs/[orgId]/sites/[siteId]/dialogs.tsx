import type { ReactNode } from "react";
import type { SearchParams } from "@/lib/web/page";
import { CloneSiteDialog } from "./clone-dialog";
import { DeleteSiteDialog } from "./delete-dialog";
import type { PanelProps } from "./panels";
import { ImportVariablesDialog } from "./variables/import-dialog";

export type DialogProps = PanelProps & { query: SearchParams; closeHref: string };

/** The dialogs of the page, by the value of `dialog` in the query string. */
export const dialogs: Readonly<Record<string, (props: DialogProps) => ReactNode | Promise<ReactNode>>> = {
  clone: CloneSiteDialog,
  delete: DeleteSiteDialog,
  "import-variables": ImportVariablesDialog,
};
