"use client";

import { use } from "react";
import { ActionForm, CheckField, FormEnd, FormError, SubmitButton, TextField } from "@/components/form";
import { FormContext } from "@/components/form/context";
import { TextFileField } from "@/components/form/text-file-field";
import { ResultList } from "@/components/table/result-list";
import { LinkButton } from "@/components/ui/button";
import { alertClass } from "@/components/ui/form-class";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { countText } from "@/lib/shared/count-text";
import type { FormAction } from "@/lib/shared/form-state";
import { stepField } from "@/lib/shared/form-values";
import type { BulkOutcome } from "@/lib/shared/selection";

type ImportFormProps = { action: FormAction; settingsHref: string; maxSize: number };

/** Imports a document in two steps: the plan of what would change is shown before it is applied. */
export function ImportForm({ action, ...rest }: ImportFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/organization-import/schema")).ImportOrganization} action={action} warnUnsaved className="block">
      <Steps {...rest} />
    </ActionForm>
  );
}

function Steps({ settingsHref, maxSize }: Omit<ImportFormProps, "action">) {
  const { outcome, preview: found } = use(FormContext);
  const preview = found && "results" in found ? found : undefined;
  const shown = outcome ?? preview;
  const buttons = outcome ? <LinkButton href={settingsHref} variant="primary">Done</LinkButton> : <Buttons preview={preview} />;
  return (
    <>
      <PageHeader title="Import" parent={{ label: "Settings", href: settingsHref }}>
        {buttons}
      </PageHeader>
      <Sections>
        <FormError />
        {shown && <PlanView plan={shown} isDone={outcome !== undefined} />}
        {preview && !outcome && <input type="hidden" name="plan" value={preview.basis} />}
        <div className={shown ? "hidden" : "contents"}>
          <Section title="Document" description="An exported organization, or a part of one. You see what would change before anything does.">
            <TextField name="document" label="YAML" required rows={16} mono autoComplete="off" />
            <TextFileField into="document" maxLength={maxSize} label="YAML file" accept=".yaml,.yml,application/yaml" hint="Up to 256 kB. Its text appears above." />
            <CheckField name="remove" label="Also remove what the document lacks" hint="Only within the parts that the document has: without the list sites, no site is removed." />
          </Section>
        </div>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </>
  );
}

const changesOf = ({ results }: BulkOutcome) => results.filter(({ done }) => done).length;

function Buttons({ preview }: { preview?: BulkOutcome }) {
  const changes = preview ? changesOf(preview) : 0;
  return (
    <>
      {preview && <SubmitButton variant="plain" name={stepField} value="edit">Edit Document</SubmitButton>}
      {!preview && <SubmitButton name={stepField} value="preview">Show Plan</SubmitButton>}
      {changes > 0 && <SubmitButton name={stepField} value="run">Apply {countText(changes, "Change")}</SubmitButton>}
    </>
  );
}

function PlanView({ plan, isDone }: { plan: BulkOutcome; isDone: boolean }) {
  const changes = changesOf(plan);
  const summary = isDone ? `${countText(changes, "change")} made.` : `${countText(changes, "change")} to make.`;
  return (
    <>
      {plan.isOutdated && (
        <p className={alertClass("warn")} role="alert">
          Someone changed the organization after this plan was made, so nothing was imported. This is the new plan.
        </p>
      )}
      <p role="status">{changes === 0 ? "Nothing to change: the organization is as the document says." : summary}</p>
      {plan.results.length > 0 && <ResultList label={isDone ? "Changes" : "Plan"} results={plan.results} isLong />}
    </>
  );
}
