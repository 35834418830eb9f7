"use client";

import { use } from "react";
import { ActionForm, FormEnd, FormError, SubmitButton, TextField } from "@/components/form";
import { FormContext } from "@/components/form/context";
import { TextFileField } from "@/components/form/text-file-field";
import { ResultList } from "@/components/table/result-list";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { countText } from "@/lib/shared/count-text";
import type { FormAction } from "@/lib/shared/form-state";
import { stepField } from "@/lib/shared/form-values";
import { mostInvitees } from "@/lib/shared/invitee-limits";
import type { BulkOutcome } from "@/lib/shared/selection";
import { AccessFields, type AccessOptions } from "../../access-fields";
import { GrantLine } from "../../grant-line";

type InviteSeveralFormProps = { action: FormAction; parent: { label: string; href: string }; options: AccessOptions; maxListLength: number };

/** Invites a list of people in two steps: what will happen with each of them is shown before it is done. */
export function InviteSeveralForm({ action, ...rest }: InviteSeveralFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/administrators/schema")).InviteSeveral} action={action} warnUnsaved className="block">
      <Steps {...rest} />
    </ActionForm>
  );
}

function Steps({ parent, options, maxListLength }: Omit<InviteSeveralFormProps, "action">) {
  const { outcome, preview: found } = use(FormContext);
  const preview = found && "results" in found ? found : undefined;
  const shown = outcome ?? preview;
  const buttons = outcome ? <LinkButton href={parent.href} variant="primary">Done</LinkButton> : <Buttons preview={preview} />;
  return (
    <>
      <PageHeader title="Invite Several" parent={parent}>
        {buttons}
      </PageHeader>
      <Sections>
        <FormError />
        {shown && <Summary shown={shown} isDone={outcome !== undefined} />}
        <div className={shown ? "hidden" : "contents"}>
          <Section title="People" description={`Up to ${mostInvitees} at once. Each gets an invitation, valid for 7 days.`}>
            <TextField name="people" label="Email addresses" required rows={8} autoComplete="off" hint="One per line, or separated by commas. You can include names: Nora Falk <nora@example.com>." />
            <TextFileField
              into="people"
              maxLength={maxListLength}
              label="CSV file"
              accept=".csv,.tsv,.txt,text/csv"
              hint="The first line names the columns: Email, and optionally First name, Last name and Phone. Other columns are ignored."
            />
          </Section>
          <AccessFields {...options} />
        </div>
        <FormEnd>{buttons}</FormEnd>
      </Sections>
    </>
  );
}

function Buttons({ preview }: { preview?: BulkOutcome }) {
  const invited = preview?.results.filter(({ done }) => done).length ?? 0;
  return (
    <>
      <GrantLine />
      {preview && <SubmitButton variant="plain" name={stepField} value="edit">Change</SubmitButton>}
      {!preview && <SubmitButton name={stepField} value="preview">Preview</SubmitButton>}
      {invited > 0 && <SubmitButton name={stepField} value="run">Invite {countText(invited, "person", "people")}</SubmitButton>}
    </>
  );
}

function Summary({ shown: { results }, isDone }: { shown: BulkOutcome; isDone: boolean }) {
  const done = results.filter((one) => one.done).length;
  const others = results.length - done;
  const verb = isDone ? "invited" : "will be invited";
  return (
    <>
      <p role="status">
        {countText(done, "person", "people")} {verb}
        {others > 0 && `, ${others} not`}.
      </p>
      <ResultList label={isDone ? "Results" : "Preview"} results={results} isLong />
    </>
  );
}
