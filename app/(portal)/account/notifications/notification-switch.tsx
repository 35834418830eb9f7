"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useOptimistic, useState, useTransition } from "react";
import { HiddenField } from "@/components/form";
import { Glyph } from "@/components/ui/glyph";
import { circleAlert } from "@/components/ui/icons";
import type { FormAction } from "@/lib/vocabulary/result";

type NotificationSwitchProps = {
  action: FormAction;
  organization: string;
  /** None is the organization itself. */
  siteId: string | null;
  on: boolean;
  label: string;
  hint?: string;
  /** The page to come back to. */
  back: string;
};

const unanswered = "Not saved: the server did not answer. Try again.";

/** Saved as toggled: shown at once, and put back with the reason where it could not be saved. */
export function NotificationSwitch({ action, organization, siteId, on, label, hint, back }: NotificationSwitchProps) {
  const [posted, fallback] = useActionState(action, {});
  const [answer, setAnswer] = useState<{ problem?: string }>();
  const [shown, show] = useOptimistic(on);
  const [, startTransition] = useTransition();
  const problem = answer ? answer.problem : posted.error?.message;
  const row = `notify-${siteId ?? "organization"}`;

  const toggle = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("on", String(!shown));
    form.delete("row");
    startTransition(async () => {
      show(!shown);
      const answered = { problem: await problemOf(action, form) };
      startTransition(() => setAnswer(answered));
    });
  };

  return (
    <form id={row} className="switch-row" action={fallback} onSubmit={toggle}>
      <HiddenField name="organization" value={organization} />
      <HiddenField name="siteId" value={siteId ?? ""} />
      <HiddenField name="on" value={String(!on)} />
      <HiddenField name="back" value={back} />
      <HiddenField name="row" value={row} />
      <button role="switch" aria-checked={shown} aria-describedby={problem ? `${row}-problem` : undefined}>
        <span>
          {label}
          {hint && <small>{hint}</small>}
        </span>
        <span className="switch" />
      </button>
      {problem && (
        <p id={`${row}-problem`} className="hint error" role="alert">
          <Glyph d={circleAlert} />
          <span>{problem}</span>
        </p>
      )}
    </form>
  );
}

// A saved choice leads back to this page. That has happened by now; thrown on, it would draw the window anew.
async function problemOf(action: FormAction, form: FormData): Promise<string | undefined> {
  try {
    return (await action({}, form)).error?.message;
  } catch (error) {
    return isWayOn(error) ? undefined : unanswered;
  }
}

function isWayOn(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
