import type * as z from "zod/mini";
import { PickList } from "@/components/form";
import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import { SelectionDialog } from "@/components/table/selection-dialog";
import type { Params } from "@/components/table/url";
import { type Actor, can } from "@/lib/access/actor";
import { getSelectedSites, listSiteGroupOptions } from "@/lib/sites/queries";
import type { ListSites } from "@/lib/sites/schema";
import { ChangeSettingsDialog } from "./change-settings/dialog";
import { addSelectedToGroupAction, removeSelectedFromGroupAction } from "./actions";

type Kind = SelectionAction & { button: string; action: typeof addSelectedToGroupAction };

const kinds: readonly Kind[] = [
  { dialog: "add-to-group", label: "Add to group", button: "Add to Group", action: addSelectedToGroupAction },
  { dialog: "remove-from-group", label: "Remove from group", button: "Remove from Group", action: removeSelectedFromGroupAction },
];

const groupByName = { name: "groupName", label: "Or a site group by name", hint: "Used instead of the choice above." };

const changeSettings = "change-settings";

/** The bulk actions that the actor may run. */
export const selectionActions = (actor: Actor): SelectionAction[] => [
  ...(can(actor, "site.update") ? [{ dialog: changeSettings, label: "Change settings" }] : []),
  ...(can(actor, "site.group") ? kinds.map(({ dialog, label }) => ({ dialog, label })) : []),
];

type SelectionDialogsProps = {
  actor: Actor;
  selected: Selected;
  search: z.output<typeof ListSites>;
  total: number;
  params: Params;
  path: string;
};

export async function SelectionDialogs({ actor, search, ...list }: SelectionDialogsProps) {
  if (list.selected.dialog === changeSettings && can(actor, "site.update")) return <ChangeSettingsDialog {...list} />;
  const kind = kinds.find(({ dialog }) => dialog === list.selected.dialog);
  if (!kind || !can(actor, "site.group")) return null;
  const groups = { ...(await listSiteGroupOptions(actor, {})), searchHref: `${list.path}/groups/options` };
  return (
    <SelectionDialog
      {...list}
      title={kind.label}
      action={kind.action.bind(null, actor.orgId)}
      filter={{ search: search.search ?? "", countries: [search.country ?? []].flat(), inGroups: [search.group ?? []].flat() }}
      label={kind.button}
      variant="primary"
      noun="sites"
      namesOf={(ids) => getSelectedSites(actor, { ids })}
    >
      <p>Groups give administrators access to several sites at once.</p>
      {groups.total === 0 ? (
        <p>There are no site groups yet. Create one first.</p>
      ) : (
        <PickList single name="group" label="Site group" required options={groups} byName={groupByName} />
      )}
    </SelectionDialog>
  );
}
