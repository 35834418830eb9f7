"use client";

import { type MouseEvent, type ReactNode, type RefObject, use, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { FormContext } from "@/components/form/context";
import { buttonClass, buttonRow, Spinner } from "@/components/ui/button";
import { alertClass, hintClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, fingerprint } from "@/components/ui/icons";
import { dialog, isKnown } from "./dialog";
import { type Offer, useOffer } from "./use-offer";
import { type Kind, type Reason, whyNot } from "./words";

const never = () => () => {};

/** Whether this browser knows passkeys at all; the server supposes so. */
export const useSupport = () => useSyncExternalStore(never, isKnown, () => true);

type CeremonyOptions<O extends Offer> = {
  kind: Kind;
  offer: O;
  perform: (offer: O) => Promise<object>;
};

/** The browser's dialog about a passkey: what it answers goes into the form around it, which is then sent. */
export function useCeremony<O extends Offer>({ kind, offer, perform }: CeremonyOptions<O>) {
  const answer = useRef<HTMLInputElement>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Reason>();
  const { take, renew, spend } = useOffer(offer);

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
      setSaid(whyNot(error, kind));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  return { answer, busy, said, run, renew, send };
}

type CeremonyButtonProps = {
  ceremony: { answer: RefObject<HTMLInputElement | null>; busy: boolean; said?: Reason; run: () => Promise<void> };
  /** Whether the rest of the form is right; if not it is sent as it is, to be told what is wrong. */
  isReady?: (form: HTMLFormElement) => Promise<boolean>;
  variant?: "primary" | "plain";
  beside?: ReactNode;
  children: ReactNode;
};

/** Opens the browser's dialog instead of sending the form, which follows when the dialog has answered. */
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
