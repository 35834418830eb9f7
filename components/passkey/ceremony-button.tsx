"use client";

import { type MouseEvent, type ReactNode, type RefObject, use, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { FormContext } from "@/components/form/context";
import { buttonClass, buttonRow, Spinner } from "@/components/ui/button";
import { alertClass, hintClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, fingerprint } from "@/components/ui/icons";
import { dialog, isKnown } from "./dialog";
import { type CeremonyChallenge, useFreshOptions } from "./use-fresh-options";
import { type Kind, type Reason, failureMessage } from "./failure-message";

const never = () => () => {};

/** Whether this browser supports passkeys; assumed while rendering on the server. */
export const useSupport = () => useSyncExternalStore(never, isKnown, () => true);

type CeremonyOptions<O extends CeremonyChallenge> = {
  kind: Kind;
  options: O;
  perform: (options: O) => Promise<object>;
};

/** Opens the browser's passkey dialog, puts its response into the surrounding form and submits it. */
export function useCeremony<O extends CeremonyChallenge>({ kind, options, perform }: CeremonyOptions<O>) {
  const answer = useRef<HTMLInputElement>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Reason>();
  const { take, renew, spend } = useFreshOptions(options);

  useEffect(() => void dialog().catch(() => {}), []);

  const send = (given: object, to: O) => {
    const field = answer.current;
    if (!field?.form) return;
    field.value = JSON.stringify(given);
    spend(to);
    field.form.requestSubmit();
  };

  const run = async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setSaid(undefined);
    try {
      const fresh = await take();
      send(await perform(fresh), fresh);
    } catch (error) {
      setSaid(failureMessage(error, kind));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  return { answer, busy, said, run, renew, send };
}

type CeremonyButtonProps = {
  ceremony: { answer: RefObject<HTMLInputElement | null>; busy: boolean; said?: Reason; run: () => Promise<void> };
  /** Whether the other fields are valid; if not, the form is submitted as it is to show the errors. */
  isReady?: (form: HTMLFormElement) => Promise<boolean>;
  variant?: "primary" | "plain";
  beside?: ReactNode;
  children: ReactNode;
};

/** Opens the browser's dialog first, and submits the form with its response. */
export function CeremonyButton({ ceremony, isReady, variant = "plain", beside, children }: CeremonyButtonProps) {
  const { answer, busy, said, run } = ceremony;
  const { pending } = use(FormContext);
  const waiting = busy || pending;
  const begin = (event: MouseEvent<HTMLButtonElement>) => {
    event.preventDefault();
    const { form } = event.currentTarget;
    if (!form || waiting) return;
    if (!isReady) return void run();
    isReady(form).then(
      (ready) => (ready ? void run() : form.requestSubmit()),
      () => form.requestSubmit(),
    );
  };
  return (
    <>
      <input ref={answer} type="hidden" name="answer" />
      {said && (
        <p className={said.calm ? hintClass : alertClass("bad")} role="alert">
          {!said.calm && <IconPath d={circleAlert} />}
          <span>{said.text}</span>
        </p>
      )}
      <div className={buttonRow}>
        <button className={buttonClass(variant)} onClick={begin} aria-disabled={waiting || undefined}>
          {waiting ? <Spinner /> : <IconPath d={fingerprint} />}
          {children}
          {waiting && <span className="sr-only" role="status">In progress</span>}
        </button>
        {beside}
      </div>
    </>
  );
}
