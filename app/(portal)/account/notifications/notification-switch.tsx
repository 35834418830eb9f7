"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useActionState, useRef, useState } from "react";
import { HiddenField } from "@/components/form";
import { PageIdentityFields } from "@/components/form/page-identity";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import type { FormAction, FormState } from "@/lib/shared/form-state";

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

const unanswered: FormState = { error: { message: "Not saved: the server did not answer. Try again." } };

/** Saved as toggled: shown at once, and put back with the reason where it could not be saved. */
export function NotificationSwitch({ action, organization, siteId, on, label, hint, back }: NotificationSwitchProps) {
  const [posted, fallback] = useActionState(action, {});
  const { shown, problem = posted.error?.message, turn } = useSwitch(action, on);
  const row = `notify-${siteId ?? "organization"}`;

  const toggle = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void turn(new FormData(event.currentTarget));
  };

  return (
    <form id={row} className="switch-row" action={fallback} onSubmit={toggle}>
      <PageIdentityFields sentBefore={posted.pageIdentity} />
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
          <IconPath d={circleAlert} />
          <span>{problem}</span>
        </p>
      )}
    </form>
  );
}

type Turned = { on: boolean; isSaved?: boolean; problem?: string };

/** What the page says, or what it was turned to here until the page says the same; of several turns the last one counts. */
function useSwitch(action: FormAction, on: boolean) {
  const [turned, setTurned] = useState<Turned>();
  const known = useRef({ saved: on, wanted: on, isSending: false });
  const router = useRouter();
  const shown = turned?.on ?? on;
  if (turned?.isSaved && turned.on === on) setTurned(undefined);

  const turn = async (form: FormData) => {
    const now = known.current;
    if (!turned) now.saved = on;
    now.wanted = !shown;
    setTurned({ on: now.wanted });
    if (now.isSending) return;
    now.isSending = true;
    const problem = await save(action, form, now);
    now.isSending = false;
    setTurned({ on: now.saved, isSaved: !problem, problem });
    if (!problem) router.refresh();
  };
  return { shown, problem: turned?.problem, turn };
}

// One request at a time, also when the window is closed meanwhile: two on their way could arrive in the other order.
async function save(action: FormAction, form: FormData, now: { saved: boolean; wanted: boolean }): Promise<string | undefined> {
  form.set("stay", "true");
  while (now.saved !== now.wanted) {
    const asked = now.wanted;
    form.set("on", String(asked));
    const { error } = await action({}, form).catch(() => unanswered);
    if (error) return error.message;
    now.saved = asked;
  }
  return undefined;
}
