"use client";

import { type MouseEvent, use, useState } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { FormContext } from "@/components/form/context";
import { TextFileField } from "@/components/form/text-file-field";
import { ResultList } from "@/components/table/result-list";
import { buttonClass, buttonRow, LinkButton } from "@/components/ui/button";
import { alertClass } from "@/components/ui/form-class";
import { useNavigation } from "@/components/ui/use-navigation";
import { AppError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import type { FormAction } from "@/lib/shared/form-state";
import { stepField } from "@/lib/shared/form-values";
import type { ItemResult } from "@/lib/shared/selection";
import { linesOf, maxVariablesText, readLines } from "@/lib/shared/variables";

type ImportFormProps = { action: FormAction; siteId: string; closeHref: string };

/** Reads variables from CSV text and shows each row; with script they become part of the form of the page, without they are saved. */
export function ImportForm({ action, siteId, closeHref }: ImportFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/variable-import/schema")).ImportVariables} action={action} defaults={{ siteId }}>
      <FormError />
      <HiddenField name="siteId" value={siteId} />
      <Steps closeHref={closeHref} />
    </ActionForm>
  );
}

type Plan = { results: readonly ItemResult[]; /** The text of the page's field after the import. */ text: string };

const fieldOfPage = () => document.querySelector<HTMLTextAreaElement>("textarea[name=vars]");

/** What the import does to the variables that the page shows, saved or not. */
async function planOf(form: HTMLFormElement): Promise<Plan> {
  const { planImport } = await import("@/lib/variable-import/rules");
  const shown = Object.fromEntries(readLines(fieldOfPage()?.value ?? "").map(({ name, value }) => [name, value]));
  const typed = new FormData(form).get("document");
  const { variables, results } = planImport(typeof typed === "string" ? typed : "", shown);
  return { results, text: linesOf({ ...shown, ...variables }) };
}

function Steps({ closeHref }: { closeHref: string }) {
  const { preview } = use(FormContext);
  const [plan, setPlan] = useState<Plan>();
  const [fault, setFault] = useState<string>();
  const { push } = useNavigation();
  const posted = preview && "results" in preview ? preview.results : undefined;
  const results = plan?.results ?? posted;
  const added = results?.filter(({ done }) => done).length ?? 0;

  const show = async ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    if (!form) return;
    try {
      setPlan(await planOf(form));
      setFault(undefined);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setFault(error.fields?.document?.[0] ?? error.message);
    }
  };
  const add = () => {
    const field = fieldOfPage();
    if (!field || !plan) return;
    field.value = plan.text;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    push(closeHref, { scroll: false });
  };
  return (
    <>
      {fault !== undefined && <p className={alertClass("bad")} role="alert">{fault}</p>}
      {results && <Rows results={results} added={added} />}
      <div className={results ? "hidden" : "contents"}>
        <TextField name="document" label="CSV" required rows={8} mono autoComplete="off" placeholder={"Variable,Value\n{{vlan01}},10"} hint="The first line is Variable,Value. Variables that exist are ignored." />
        <TextFileField into="document" maxLength={maxVariablesText} label="CSV file" accept=".csv,.txt,text/csv,text/plain" hint="Up to 200 kB. Its text appears above." />
      </div>
      <div className={buttonRow}>
        {!results && <button type="button" className={`${buttonClass("primary")} script-on`} onClick={(event) => void show(event)}>Show Rows</button>}
        {!results && <span className="script-off"><SubmitButton name={stepField} value="preview">Show Rows</SubmitButton></span>}
        {plan && added > 0 && <button type="button" className={buttonClass("primary")} onClick={add}>Add {countText(added, "Variable")}</button>}
        {posted && !plan && added > 0 && <SubmitButton name={stepField} value="run">Import {countText(added, "Variable")}</SubmitButton>}
        {plan && <button type="button" className={buttonClass()} onClick={() => setPlan(undefined)}>Edit Rows</button>}
        {posted && !plan && <SubmitButton variant="plain" name={stepField} value="edit">Edit Rows</SubmitButton>}
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
      {plan && added > 0 && <p className="text-sm text-muted">Save the page to keep them.</p>}
    </>
  );
}

function Rows({ results, added }: { results: readonly ItemResult[]; added: number }) {
  const others = results.length - added;
  return (
    <>
      <p role="status">
        {countText(added, "variable")} to add{others > 0 && `, ${countText(others, "row")} ignored or not imported`}
      </p>
      <ResultList label="Rows" results={results} />
    </>
  );
}
