import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { namesText } from "@/components/table/selection";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import type { Actor } from "@/lib/access/actor";
import { countText } from "@/lib/shared/count-text";
import { getUndoImpact } from "@/lib/site-imports/queries";
import { undoSiteImportAction } from "../actions";

type UndoDialogProps = { actor: Actor; siteImportId: string; name: string; isRunning: boolean; closeHref: string };

/** Says what undoing an import removes and what it keeps, and undoes it. */
export async function UndoDialog({ actor, siteImportId, name, isRunning, closeHref }: UndoDialogProps) {
  const { removed, kept, gone } = await getUndoImpact(actor, { siteImportId });
  return (
    <Dialog title={`Undo the import of ${name}?`} closeHref={closeHref}>
      <ButtonForm action={undoSiteImportAction.bind(null, actor.orgId)} className={formStack}>
        <input type="hidden" name="siteImportId" value={siteImportId} />
        {isRunning && <p>The import ends now, and what it has added until then is removed.</p>}
        <p>{`${countText(removed, "site")} that the import added and nobody changed since ${removed === 1 ? "is" : "are"} removed. You can’t undo this.`}</p>
        {kept.length > 0 && <p>{`${countText(kept.length, "site")} ${kept.length === 1 ? "is" : "are"} kept, because somebody changed ${kept.length === 1 ? "it" : "them"} since: ${namesText(kept)}.`}</p>}
        {gone > 0 && <p>{`${countText(gone, "site")} ${gone === 1 ? "is" : "are"} deleted already.`}</p>}
        <p>Site groups stay.</p>
        <div className={buttonRow}>
          <SubmitButton variant="danger">Undo Import</SubmitButton>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </div>
      </ButtonForm>
    </Dialog>
  );
}
