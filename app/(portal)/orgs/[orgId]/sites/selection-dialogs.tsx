import type * as z from "zod/mini";
import { PickList } from "@/components/form";
import { BulkForm } from "@/components/table/bulk-form";
import type { SelectionAction } from "@/components/table/selection-bar";
import { namesText, type Selected, selectionParams } from "@/components/table/selection";
import { totalText } from "@/components/table/table-foot";
import { hrefWith, type Params } from "@/components/table/url";
import { Dialog } from "@/components/ui/dialog";
import { type Actor, can } from "@/lib/access/actor";
import { getSelectedSites, listSiteGroupOptions } from "@/lib/sites/queries";
import type { ListSites } from "@/lib/sites/schema";
import { addSelectedToGroupAction, removeSelectedFromGroupAction } from "./actions";

type Kind = SelectionAction & { button: string; action: typeof addSelectedToGroupAction };

const kinds: readonly Kind[] = [
  { dialog: "add-to-group", label: "Add to group", button: "Add to Group", action: addSelectedToGroupAction },
  { dialog: "remove-from-group", label: "Remove from group", button: "Remove from Group", action: removeSelectedFromGroupAction },
];

const groupByName = { name: "groupName", label: "Or a site group by name", hint: "Used instead of the choice above." };

/** The bulk actions that the actor may run. */
export const selectionActions = (actor: Actor): SelectionAction[] =>
  can(actor, "site.group") ? kinds.map(({ dialog, label }) => ({ dialog, label })) : [];

type SelectionDialogsProps = {
  actor: Actor;
  selected: Selected;
  search: z.output<typeof ListSites>;
  total: number;
  params: Params;
  path: string;
};

export async function SelectionDialogs({ actor, selected, search, total, params, path }: SelectionDialogsProps) {
  const kind = kinds.find(({ dialog }) => dialog === selected.dialog);
  if (!kind || !can(actor, "site.group")) return null;
  const { ids, all } = selected;
  const names = all || ids.length === 0 ? [] : await getSelectedSites(actor, { ids });
  const groups = { ...(await listSiteGroupOptions(actor, {})), searchHref: `${path}/groups/options` };
  const closeHref = hrefWith(path, params, selectionParams(params, selected));
  return (
    <Dialog title={kind.label} closeHref={closeHref}>
      <BulkForm
        action={kind.action.bind(null, actor.orgId)}
        selected={selected}
        filter={{ search: search.search ?? "", countries: [search.country ?? []].flat(), inGroups: [search.group ?? []].flat() }}
        total={all ? total : ids.length}
        label={kind.button}
        variant="primary"
        closeHref={closeHref}
        doneHref={hrefWith(path, params, { after: params.after, before: params.before })}
      >
        <p>{all ? `All ${totalText({ total })} sites that match the filter.` : namesText(names)}</p>
        <p>Groups give administrators access to several sites at once.</p>
        {groups.total === 0 ? (
          <p>There are no site groups yet. Create one first.</p>
        ) : (
          <PickList single name="group" label="Site group" required options={groups} byName={groupByName} />
        )}
      </BulkForm>
    </Dialog>
  );
}
