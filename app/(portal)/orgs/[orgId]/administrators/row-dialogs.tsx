import { hrefHere, type Params } from "@/components/table/url";
import type { Selected } from "@/components/table/selection";
import { Dialog } from "@/components/ui/dialog";
import { type Actor, can } from "@/lib/access/actor";
import { type Administrator, getAdministrator } from "@/lib/administrators/queries";
import { accessFormValues } from "@/lib/administrators/rules";
import type { AuthSession } from "@/lib/sessions/queries";
import { AppError } from "@/lib/shared/app-error";
import { updateAdministratorAction } from "./actions";
import { AccessForm } from "./access-form";
import { CancelInvitationDialog } from "./cancel-invitation-dialog";
import { accessOptions } from "./options";

/** The row actions that the actor may run; each opens a dialog over the list. */
export function rowActions(actor: Actor, { id, accountId }: Administrator, path: string, params: Params) {
  if (accountId === actor.id) return [];
  const href = (dialog: string) => hrefHere(path, params, { dialog, ids: id });
  return [
    can(actor, "administrator.update") && { label: "Change role and access", href: href("access") },
    !accountId && can(actor, "administrator.invite") && { label: "Resend invitation", href: href("resend") },
    !accountId && can(actor, "administrator.invite") && { label: "Cancel invitation", href: href("cancel") },
    accountId !== null && can(actor, "administrator.revoke") && { label: "Revoke access", href: href("revoke") },
  ].filter((action) => action !== false);
}

/** Somebody may have removed the administrator since the dialog was linked to; the list is shown all the same. */
function nullIfNotFound(error: unknown) {
  if (error instanceof AppError && error.code === "not_found") return null;
  throw error;
}

type RowDialogsProps = { actor: Actor; session: AuthSession; selected: Selected; params: Params; path: string };

/** The dialogs of one administrator that the list itself opens. */
export async function RowDialogs({ actor, session, selected: { dialog, ids, all }, params, path }: RowDialogsProps) {
  const [administratorId] = ids;
  const isAllowed = (dialog === "access" && can(actor, "administrator.update")) || (dialog === "cancel" && can(actor, "administrator.invite"));
  if (!isAllowed || !administratorId || ids.length > 1 || all) return null;
  const administrator = await getAdministrator(actor, { administratorId }).catch(nullIfNotFound);
  if (!administrator) return null;
  const { name, accountId } = administrator;
  const closeHref = hrefHere(path, params, {});
  if (dialog === "access") {
    if (accountId === actor.id) return null;
    const options = await accessOptions(actor, session, administrator);
    return (
      <Dialog title={`${name}’s role and access`} closeHref={closeHref}>
        <AccessForm
          action={updateAdministratorAction.bind(null, actor.orgId)}
          defaults={accessFormValues(administrator, options.zone)}
          options={options}
          closeHref={closeHref}
        />
      </Dialog>
    );
  }
  if (accountId) return null;
  return <CancelInvitationDialog orgId={actor.orgId} administrator={administrator} closeHref={closeHref} back={closeHref} />;
}
