"use client";

import { type ReactNode, use, useEffect, useRef, useState } from "react";
import { ActionForm, FormError, SubmitButton } from "@/components/form";
import { FormContext } from "@/components/form/context";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";
import type { BulkOutcome, ItemResult } from "@/lib/shared/selection";
import { ResultList } from "./result-list";
import type { Selected } from "./selection";

export type BulkFormProps = {
  action: FormAction;
  selected: Selected;
  /** The filter of "all that match", as fields of the command. */
  filter: Readonly<Record<string, string | readonly string[]>>;
  /** The number of rows, for the progress. */
  total: number;
  label: string;
  variant: "primary" | "danger";
  /** Paths of the list with and without the selection. */
  closeHref: string;
  doneHref: string;
  children: ReactNode;
};

/** Runs a command on the selected rows, in batches, and lists the result of each row. */
export function BulkForm({ action, selected, filter, ...rest }: BulkFormProps) {
  return (
    <ActionForm action={action}>
      <FormError />
      {selected.all ? <FilterFields filter={filter} /> : selected.ids.map((id) => <input key={id} type="hidden" name="ids[]" value={id} />)}
      <BulkBody {...rest} />
    </ActionForm>
  );
}

/** The filter of "all that match" as hidden fields. */
export function FilterFields({ filter }: Pick<BulkFormProps, "filter">) {
  return (
    <>
      <input type="hidden" name="all" value="true" />
      {Object.entries(filter).flatMap(([name, value]) =>
        typeof value === "string"
          ? [<input key={name} type="hidden" name={name} value={value} />]
          : value.map((one) => <input key={`${name} ${one}`} type="hidden" name={`${name}[]`} value={one} />),
      )}
    </>
  );
}

function BulkBody({ total, label, variant, closeHref, doneHref, children }: Omit<BulkFormProps, "action" | "selected" | "filter">) {
  const { outcome } = use(FormContext);
  const cursor = useRef<HTMLInputElement>(null);
  // The page counts again after each batch, when fewer rows may match.
  const [firstTotal] = useState(total);
  const results = useResults(outcome);
  useEffect(() => {
    if (outcome?.next) cursor.current?.form?.requestSubmit();
  }, [outcome]);

  const isDone = results.length > 0 && !outcome?.next;
  return (
    <>
      {outcome?.next && <input ref={cursor} type="hidden" name="after" value={outcome.next} />}
      <div className="grid gap-4" hidden={results.length > 0}>
        {children}
      </div>
      {results.length > 0 && <Results results={results} total={firstTotal} isDone={isDone} />}
      <div className={buttonRow}>
        {!isDone && <SubmitButton variant={variant}>{outcome?.next ? "Continue" : label}</SubmitButton>}
        <LinkButton href={isDone ? doneHref : closeHref}>{isDone ? "Done" : "Cancel"}</LinkButton>
      </div>
    </>
  );
}

/** The results of all batches so far; each response contains those of one. */
export function useResults(outcome: BulkOutcome | undefined): readonly ItemResult[] {
  const [seen, setSeen] = useState<{ last?: BulkOutcome; results: readonly ItemResult[] }>({ results: [] });
  if (!outcome || seen.last === outcome) return seen.results;
  const results = [...seen.results, ...outcome.results];
  setSeen({ last: outcome, results });
  return results;
}

/** How many rows are done, the progress until all are, and the result of each row. */
export function Results({ results, total, isDone }: { results: readonly ItemResult[]; total: number; isDone: boolean }) {
  const refused = results.filter(({ done }) => !done).length;
  const isCounted = results.length < total;
  const handled = isCounted ? `${results.length} of ${total}` : `${results.length} so far`;
  return (
    <>
      <p role="status">
        {isDone ? `${results.length - refused} done` : handled}
        {refused > 0 && `, ${refused} not done`}
      </p>
      {!isDone && <progress className="w-full" max={total} value={isCounted ? results.length : undefined} aria-label="Progress" />}
      <ResultList label="Results" results={results} />
    </>
  );
}
