import { Dialog } from "@/components/ui/dialog";
import type { DialogProps } from "../dialogs";
import { importVariablesAction } from "./actions";
import { ImportForm } from "./import-form";

/** Imports variables from CSV, after a preview of every row. */
export const ImportVariablesDialog = ({ actor, updates, site: { siteId }, closeHref }: DialogProps) =>
  updates && (
    <Dialog title="Import Variables" closeHref={closeHref}>
      <ImportForm action={importVariablesAction.bind(null, actor.orgId)} siteId={siteId} closeHref={closeHref} />
    </Dialog>
  );
