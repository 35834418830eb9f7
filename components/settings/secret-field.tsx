"use client";

import type { ReactNode } from "react";
import { CheckField, TextField, useField } from "@/components/form";
import { labelClass } from "@/components/ui/form-class";
import { textLink } from "@/components/ui/text-link";

type SecretFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  /** Since when it is set and by whom; undefined where none is set. */
  state?: string;
};

/** A secret that can be set, replaced and removed, and is never shown. */
export function SecretField({ name, label, hint, state }: SecretFieldProps) {
  if (state === undefined) return <TextField name={name} label={label} hint={hint ?? "Not set."} mono autoComplete="off" maxLength={4_096} />;
  return <StoredSecret name={name} label={label} hint={hint} state={state} />;
}

function StoredSecret({ name, label, hint, state }: SecretFieldProps) {
  const { note } = useField(name);
  return (
    <div className="grid gap-1.5">
      <p className="min-w-0">
        <span className={labelClass}>{label}</span>
        <span>{state}</span>
      </p>
      <details open={note.error ? true : undefined}>
        <summary className={`${textLink} cursor-pointer text-sm`}>
          Replace or remove<span className="sr-only"> {label}</span>
        </summary>
        <div className="mt-2 grid gap-2">
          <TextField name={name} label={`New ${label}`} hint={hint ?? "Empty keeps the present one."} mono autoComplete="off" maxLength={4_096} />
          <CheckField name={`remove.${name}`} label={`Remove the ${label}`} />
        </div>
      </details>
    </div>
  );
}
