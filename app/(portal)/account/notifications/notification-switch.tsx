"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useActionState, useRef, useState } from "react";
import { HiddenField } from "@/components/form";
import { PageIdentityFields } from "@/components/form/page-identity";
import { hintText, smallText } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import type { FormAction, FormState } from "@/lib/shared/form-state";

type NotificationSwitchProps = {
  action: FormAction;
  organization: string;
  /** Null for the organization itself. */
  siteId: string | null;
  on: boolean;
  label: string;
  hint?: string;
  /** The page to come back to. */
  back: string;
};

const unanswered: FormState = { error: { message: "Not saved: the server didn’t answer. Try again." } };

const track = "h-5 w-9 flex-none rounded-full border border-control bg-sunken p-0.5 transition-[background-color] duration-100 group-aria-checked/switch:border-ink group-aria-checked/switch:bg-ink";
const knob =
  "after:block after:size-3.5 after:rounded-full after:bg-control after:transition-[translate] after:duration-100 after:content-[''] group-aria-checked/switch:after:translate-x-4 group-aria-checked/switch:after:bg-on-ink forced-colors:after:bg-[CanvasText]!";

/** Saves on toggle with an optimistic update; reverts and shows the reason on failure. */
export function NotificationSwitch({ action, organization, siteId, on, label, hint, back }: NotificationSwitchProps) {
  const [posted, fallback] = useActionState(action, {});
  const { shown, problem = posted.error?.message, turn } = useSwitch(action, on);
  const row = `notify-${siteId ?? "organization"}`;

  const toggle = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void turn(new FormData(event.currentTarget));
  };

  return (
    <form id={row} className="-mx-2 scroll-mt-18" action={fallback} onSubmit={toggle}>
      <PageIdentityFields sentBefore={posted.pageIdentity} />
      <HiddenField name="organization" value={organization} />
      <HiddenField name="siteId" value={siteId ?? ""} />
      <HiddenField name="on" value={String(!on)} />
      <HiddenField name="back" value={back} />
      <HiddenField name="row" value={row} />
      <button
        role="switch"
        className="group/switch flex min-h-10 w-full items-center justify-between gap-4 rounded-md px-2 py-1.5 text-start -outline-offset-2 wrap-anywhere hover:bg-sunken"
        aria-checked={shown}
        aria-describedby={problem ? `${row}-problem` : undefined}
      >
        <span>
          {label}
          {hint && <small className={smallText}>{hint}</small>}
        </span>
        <span className={`${track} ${knob}`} />
      </button>
      {problem && (
        <p id={`${row}-problem`} className={`mx-2 mb-2 ${hintText("bad")}`} role="alert">
          <IconPath d={circleAlert} />
          <span>{problem}</span>
        </p>
      )}
    </form>
  );
}

type Turned = { on: boolean; isSaved?: boolean; problem?: string };

/** The value of the page, overridden by the last toggle until the page has the same value. */
function useSwitch(action: FormAction, on: boolean) {
  const [turned, setTurned] = useState<Turned>();
  const known = useRef({ saved: on, target: on, isSending: false });
  const router = useRouter();
  const shown = turned?.on ?? on;
  if (turned?.isSaved && turned.on === on) setTurned(undefined);

  const turn = async (form: FormData) => {
    const now = known.current;
    if (!turned) now.saved = on;
    now.target = !shown;
    setTurned({ on: now.target });
    if (now.isSending) return;
    now.isSending = true;
    const problem = await save(action, form, now);
    now.isSending = false;
    setTurned({ on: now.saved, isSaved: !problem, problem });
    if (!problem) router.refresh();
  };
  return { shown, problem: turned?.problem, turn };
}

// One request at a time, even after the dialog is closed: concurrent requests could arrive out of order.
async function save(action: FormAction, form: FormData, now: { saved: boolean; target: boolean }): Promise<string | undefined> {
  form.set("stay", "true");
  while (now.saved !== now.target) {
    const sent = now.target;
    form.set("on", String(sent));
    const { error } = await action({}, form).catch(() => unanswered);
    if (error) return error.message;
    now.saved = sent;
  }
  return undefined;
}
