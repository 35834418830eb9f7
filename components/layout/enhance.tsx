"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { ProgressBar } from "@/components/ui/progress-bar";
import { addressOf, drawAgain, hasPlainClick, inPlace, narrow, queryOf, tellTimeZone } from "./enhancement";

const pause = 250;

/** Once a page: turns plain links and GET forms into soft navigation, live search included. */
export function Enhance() {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  useEffect(tellTimeZone, []);

  useEffect(() => {
    if (!pending) drawAgain();
  }, [pending]);

  useEffect(() => {
    let timer = 0;
    const go = (address: string, how: "push" | "replace", scroll: boolean) => {
      window.clearTimeout(timer);
      startTransition(() => router[how](address, { scroll }));
    };
    const click = (event: MouseEvent) => {
      const link = hasPlainClick(event);
      const address = link && addressOf(link);
      if (!link || !address) return;
      event.preventDefault();
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      go(address, "push", !inPlace(link));
    };
    const submit = (event: SubmitEvent) => {
      const form = event.target;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "get") return;
      event.preventDefault();
      go(queryOf(form), "push", !inPlace(form));
    };
    const live = (event: Event) => {
      const control = event.target;
      if (!(control instanceof HTMLInputElement) || !control.form || control.form.method !== "get") return;
      const { form } = control;
      if ("narrows" in control.dataset && !("live" in control.dataset)) return narrow(control);
      if (!("live" in control.dataset) && !("live" in form.dataset)) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => go(queryOf(form), "replace", false), pause);
    };
    document.addEventListener("click", click);
    document.addEventListener("submit", submit);
    document.addEventListener("input", live);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener("click", click);
      document.removeEventListener("submit", submit);
      document.removeEventListener("input", live);
    };
  }, [router]);

  return pending ? <ProgressBar /> : null;
}
