import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { BulkForm, type BulkFormProps } from "./bulk-form";
import { namesText, type Selected, selectionParams } from "./selection";
import { totalText } from "./table-foot";
import { hrefWith, type Params } from "./url";

type SelectionDialogProps = Pick<BulkFormProps, "action" | "filter" | "label" | "variant"> & {
  title: string;
  selected: Selected;
  /** Reads the names of the selected rows. */
  namesOf: (ids: string[]) => Promise<string[]>;
  /** What is selected, in the plural: "sites". */
  noun: string;
  /** The number of rows that match the filter. */
  total: number;
  params: Params;
  path: string;
  /** What the action does, and its fields. */
  children: ReactNode;
};

/** The dialog of a bulk action: says which rows are selected, and runs the action on them. */
export async function SelectionDialog({ title, selected, namesOf, noun, total, params, path, children, ...form }: SelectionDialogProps) {
  const { ids, all } = selected;
  const names = all || ids.length === 0 ? [] : await namesOf(ids);
  const closeHref = hrefWith(path, params, selectionParams(params, selected));
  return (
    <Dialog title={title} closeHref={closeHref}>
      <BulkForm
        {...form}
        selected={selected}
        total={all ? total : ids.length}
        closeHref={closeHref}
        doneHref={hrefWith(path, params, { after: params.after, before: params.before })}
      >
        <p>{all ? `All ${totalText({ total })} ${noun} that match the filter.` : namesText(names)}</p>
        {children}
      </BulkForm>
    </Dialog>
  );
}
