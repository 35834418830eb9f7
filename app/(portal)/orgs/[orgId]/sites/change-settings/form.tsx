"use client";

import { type ReactNode, use, useEffect, useRef, useState } from "react";
import { ActionForm, CheckField, FormEnd, FormError, HiddenField, SubmitButton } from "@/components/form";
import { FormContext } from "@/components/form/context";
import type { FieldView } from "@/components/settings/field-view";
import { SectionFields } from "@/components/settings/section-fields";
import { FilterFields, Results, useResults } from "@/components/table/bulk-form";
import type { Selected } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { countText } from "@/lib/shared/count-text";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { stepField } from "@/lib/shared/form-values";
import type { BulkOutcome } from "@/lib/shared/selection";
import { EditPreview } from "./preview";

type BulkEditFormProps = StepsProps & {
  action: FormAction;
  section: string;
  defaults: FormValues;
  selected: Selected;
  filter: Readonly<Record<string, string | readonly string[]>>;
};

const loadSchema = async () => (await import("@/lib/site-bulk-edit/schema")).ChangeSelectedSites;

/** Changes the ticked fields of one section at several sites: shows what that changes, then does it in batches. */
export function BulkEditForm({ action, section, defaults, selected, filter, ...steps }: BulkEditFormProps) {
  return (
    <ActionForm schema={loadSchema} action={action} defaults={defaults} warnUnsaved className="block">
      <HiddenField name="section" value={section} />
      {selected.all ? <FilterFields filter={filter} /> : selected.ids.map((id) => <input key={id} type="hidden" name="ids[]" value={id} />)}
      <Steps {...steps} />
    </ActionForm>
  );
}

type StepsProps = {
  title: string;
  parent: { label: string; href: string };
  description: string;
  fields: readonly FieldView[];
  own: Readonly<Record<string, ReactNode>>;
  total: number;
  /** Which sites are selected. */
  what: string;
  doneHref: string;
};

function Steps({ title, parent, description, fields, own, total, what, doneHref }: StepsProps) {
  const { outcome, preview: found } = use(FormContext);
  const preview = found && "results" in found ? found : undefined;
  const results = useResults(outcome);
  const isRunning = results.length > 0;
  const [firstTotal] = useState(total);
  const buttons = <Buttons preview={isRunning ? undefined : preview} outcome={outcome} isRunning={isRunning} doneHref={doneHref} />;
  return (
    <>
      <PageHeader title={title} parent={parent}>
        {buttons}
      </PageHeader>
      {outcome?.next && <NextBatch key={outcome.next} after={outcome.next} />}
      <Sections>
        <FormError />
        {isRunning && (
          <Section title="Results" description={what}>
            <Results results={results} total={firstTotal} isDone={!outcome?.next} />
          </Section>
        )}
        {preview && !isRunning && (
          <Section title="Before you apply" description={what}>
            <EditPreview results={preview.results} />
          </Section>
        )}
        <div className={preview || isRunning ? "hidden" : "contents"}>
          <Section title="What to change" description={<>{what} {description}</>}>
            {fields.map((field) => (
              <FieldToChange key={field.name} field={field} own={own} />
            ))}
          </Section>
        </div>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </>
  );
}

/** A field behind the check box that says that it is changed. */
function FieldToChange({ field, own }: { field: FieldView; own: StepsProps["own"] }) {
  const label = field.line === undefined ? field.label : `${field.line}, ${field.label}`;
  const alone = { ...field, within: undefined, line: undefined };
  return (
    <div className="group/change">
      <CheckField name={`change.${field.name}`} label={`Change “${label}”`} />
      <div className="ms-6.5 mt-2 hidden group-has-[>div>label>input:checked]/change:block">
        <SectionFields fields={[alone]} own={own} />
        {field.control.kind === "rows" && <p className="mt-1 text-sm text-muted">Replaces the whole list.</p>}
      </div>
    </div>
  );
}

type ButtonsProps = { preview?: BulkOutcome; outcome?: BulkOutcome; isRunning: boolean; doneHref: string };

function Buttons({ preview, outcome, isRunning, doneHref }: ButtonsProps) {
  if (isRunning && !outcome?.next) return <LinkButton href={doneHref} variant="primary">Done</LinkButton>;
  if (outcome?.next) return <SubmitButton name={stepField} value="run">Continue</SubmitButton>;
  if (!preview) return <SubmitButton name={stepField} value="preview">Show Changes</SubmitButton>;
  const changes = preview.results.filter(({ done, isUnchanged }) => done && !isUnchanged).length;
  return (
    <>
      <SubmitButton variant="plain" name={stepField} value="edit">Back</SubmitButton>
      {changes > 0 && <SubmitButton name={stepField} value="run">Apply to {countText(changes, "Site")}</SubmitButton>}
    </>
  );
}

/** Goes on with the next batch at once with script, and by the button without. */
function NextBatch({ after }: { after: string }) {
  const cursor = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = cursor.current?.form;
    const button = form?.querySelector<HTMLButtonElement>(`button[name="${CSS.escape(stepField)}"][value="run"]`);
    if (button) form?.requestSubmit(button);
  }, []);
  return <input ref={cursor} type="hidden" name="after" value={after} />;
}
