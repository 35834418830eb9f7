import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import { SelectionDialog } from "@/components/table/selection-dialog";
import type { Params } from "@/components/table/url";
import { type Actor, can } from "@/lib/access/actor";
import { getSelectedAdministrators } from "@/lib/administrators/queries";
import type { ListAdministrators } from "@/lib/administrators/schema";
import type { Permission } from "@/lib/shared/permissions";
import type * as z from "zod/mini";
import { changeRoleOfSelectedAction, resendSelectedAction, revokeSelectedAction } from "./actions";
import { rolesHref } from "./options";
import { RoleChoice, RolesLink } from "./role-choice";

type Kind = SelectionAction & {
  permission: Permission;
  button: string;
  variant: "primary" | "danger";
  action: typeof revokeSelectedAction;
  text: string;
};

const kinds: readonly Kind[] = [
  {
    dialog: "revoke",
    label: "Revoke access",
    permission: "administrator.revoke",
    button: "Revoke Access",
    variant: "danger",
    action: revokeSelectedAction,
    text: "They lose access immediately, on all devices, and are notified by email. Pending invitations that they sent are cancelled.",
  },
  {
    dialog: "resend",
    label: "Resend invitation",
    permission: "administrator.invite",
    button: "Resend Invitation",
    variant: "primary",
    action: resendSelectedAction,
    text: "Pending invitations are sent again and are valid for 7 days from now. Links in older emails stop working.",
  },
  {
    dialog: "role",
    label: "Change role",
    permission: "administrator.update",
    button: "Change Role",
    variant: "primary",
    action: changeRoleOfSelectedAction,
    text: "Everyone selected gets the same role. Site access doesn’t change, unless the role always has all sites.",
  },
];

/** The bulk actions that the actor may run. */
export const selectionActions = (actor: Actor): SelectionAction[] =>
  kinds.filter(({ permission }) => can(actor, permission)).map(({ dialog, label }) => ({ dialog, label }));

type SelectionDialogsProps = {
  actor: Actor;
  selected: Selected;
  search: z.output<typeof ListAdministrators>;
  total: number;
  params: Params;
  path: string;
};

export function SelectionDialogs({ actor, search, ...list }: SelectionDialogsProps) {
  const kind = kinds.find(({ dialog, permission }) => dialog === list.selected.dialog && can(actor, permission));
  if (!kind) return null;
  const filter = {
    search: search.search ?? "",
    roles: [search.role ?? []].flat(),
    statuses: [search.status ?? []].flat(),
    twoFactor: [search.twoFactor ?? []].flat(),
    accessEnd: [search.accessEnd ?? []].flat(),
    onSites: [search.site ?? []].flat(),
  };
  return (
    <SelectionDialog
      {...list}
      title={kind.label}
      action={kind.action.bind(null, actor.orgId)}
      filter={filter}
      label={kind.button}
      variant={kind.variant}
      noun="administrators"
      namesOf={(ids) => getSelectedAdministrators(actor, { ids })}
    >
      <p>{kind.text}</p>
      {kind.dialog === "role" && (
        <>
          <RoleChoice />
          <RolesLink href={rolesHref(actor.orgId)} />
        </>
      )}
    </SelectionDialog>
  );
}
