"use client";

import { type RefObject, useEffect, useState } from "react";
import { identityFields } from "@/lib/shared/page-identity";
import { parseFormData, safeFormValues } from "@/lib/shared/form-values";
import type { FormValues } from "@/lib/shared/form-state";
import { controlsOf, nameOf, setFieldValue } from "./form-controls";
import { isChanged } from "./unsaved";

const key = "signalbox:draft";
const maxAgeMs = 3_600_000;

/** What was typed into a form whose session had ended. */
type Draft = { at: number; address: string; accountId: string; names: string; values: FormValues };

const accountOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>(`[name="${CSS.escape(identityFields.accountId)}"]`)?.value ?? "";
const namesOf = (form: HTMLFormElement) => [...new Set([...form.elements].map(nameOf).filter((name) => name !== "" && !name.startsWith("$")))].toSorted().join(" ");

function pageAddress(): string {
  const { pathname, search } = window.location;
  return `${pathname}?${new URLSearchParams(search)}`;
}

/** Keeps the changed fields of a form in this tab, without passwords and codes, until its page is opened again. */
export function keepDraft(form: HTMLFormElement) {
  const current = parseFormData(new FormData(form));
  const changed = new Set([...form.elements].filter(isChanged).map(nameOf));
  const values = safeFormValues(Object.fromEntries([...changed].map((name) => [name, current[name] ?? ""])));
  const draft: Draft = { at: Date.now(), address: pageAddress(), accountId: accountOf(form), names: namesOf(form), values };
  window.sessionStorage.setItem(key, JSON.stringify(draft));
}

/** The draft of this tab, kept while nobody is signed in; one of another account or of long ago is dropped. */
function readDraft(accountId: string): Draft | undefined {
  const text = window.sessionStorage.getItem(key);
  if (text === null || accountId === "") return undefined;
  const draft = JSON.parse(text) as Draft;
  if (draft.accountId === accountId && Date.now() - draft.at < maxAgeMs) return draft;
  window.sessionStorage.removeItem(key);
  return undefined;
}

/** Fills in the draft if it is of the same account, page and form; returns whether it was. */
function restoreDraft(form: HTMLFormElement | null): boolean {
  const draft = form && readDraft(accountOf(form));
  if (!draft || draft.address !== pageAddress() || draft.names !== namesOf(form)) return false;
  window.sessionStorage.removeItem(key);
  const names = Object.keys(draft.values);
  for (const name of names) {
    setFieldValue(form, name, draft.values[name] ?? "");
    controlsOf(form, name)[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return names.length > 0;
}

/** Fills in, once, what was typed before the session ended; returns whether there was something. */
export function useDraft(form: RefObject<HTMLFormElement | null>): boolean {
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    const frame = window.requestAnimationFrame(() => setRestored(restoreDraft(form.current)));
    return () => window.cancelAnimationFrame(frame);
  }, [form]);
  return isRestored;
}
