import { SelectField } from "@/components/form";
import { HiddenParams } from "@/components/table/hidden-params";
import { type Selected, selectionParams } from "@/components/table/selection";
import { hrefWith, type Params } from "@/components/table/url";
import { buttonClass, buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import { bulkSections } from "@/lib/site-bulk-edit/sections";

type ChangeSettingsDialogProps = { selected: Selected; params: Params; path: string };

/** Asks which section of the selected sites is to be changed, and leads to its form. */
export function ChangeSettingsDialog({ selected, params, path }: ChangeSettingsDialogProps) {
  const closeHref = hrefWith(path, params, selectionParams(params, selected));
  return (
    <Dialog title="Change settings" closeHref={closeHref}>
      <form method="get" action={`${path}/change-settings`} className={formStack}>
        <HiddenParams params={{ ...params, ...(selected.all ? { all: "true" } : { ids: selected.ids }) }} without={["sort", "columns", "view"]} />
        <SelectField name="section" label="Section" hint="You choose next what to change in it, and see it for every site before it is saved." options={bulkSections.map(({ id, title }) => ({ value: id, label: title }))} />
        <div className={buttonRow}>
          <button className={buttonClass("primary")}>Continue</button>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </div>
      </form>
    </Dialog>
  );
}
