"use client";

import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { createSavedViewAction, deleteSavedViewAction, renameSavedViewAction } from "./actions";

type SaveViewFormProps = { organization: string; list: string; query: string; closeHref: string };

export function SaveViewForm({ organization, list, query, closeHref }: SaveViewFormProps) {
  return (
    <ActionForm action={createSavedViewAction} defaults={{ name: "" }}>
      <FormError />
      <HiddenField name="organization" value={organization} />
      <HiddenField name="list" value={list} />
      <HiddenField name="query" value={query} />
      <TextField name="name" label="Name" required maxLength={64} autoComplete="off" hint="Search, filters, order and columns are saved. Only you see this view." />
      <div className={buttonRow}>
        <SubmitButton>Save View</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

type ManageViewsProps = { organization: string; views: readonly { id: string; name: string }[]; closeHref: string };

export function ManageViews({ organization, views, closeHref }: ManageViewsProps) {
  return (
    <div className="grid gap-4">
      {views.length === 0 && <p>You have no saved views of this list.</p>}
      <ul className="grid gap-3">
        {views.map(({ id, name }) => (
          <li key={id} className="flex flex-wrap items-end gap-2 border-line pb-3 not-last:border-b">
            <ActionForm action={renameSavedViewAction} defaults={{ name }} className="flex min-w-60 flex-1 flex-wrap items-end gap-2 [&>div]:flex-1">
              <FormError />
              <HiddenField name="organization" value={organization} />
              <HiddenField name="viewId" value={id} />
              <TextField name="name" label="Name" required maxLength={64} autoComplete="off" />
              <SubmitButton variant="plain">Rename</SubmitButton>
            </ActionForm>
            <ButtonForm action={deleteSavedViewAction}>
              <HiddenField name="organization" value={organization} />
              <HiddenField name="viewId" value={id} />
              <SubmitButton variant="plain">
                Delete<span className="sr-only"> {name}</span>
              </SubmitButton>
            </ButtonForm>
          </li>
        ))}
      </ul>
      <div className={buttonRow}>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </div>
  );
}
