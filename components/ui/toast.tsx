"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { IconPath } from "./icon-path";
import { x } from "./icons";

const name = "signalbox:toast";
const shownFor = 6000;

/** Shows a toast. */
export function toast(message: string) {
  window.dispatchEvent(new CustomEvent(name, { detail: message }));
}

type Message = { id: number; text: string };

/** The container in which `toast` shows its messages. */
export function Toaster() {
  const [messages, setMessages] = useState<Message[]>([]);
  const remove = useCallback((id: number) => setMessages((before) => before.filter((one) => one.id !== id)), []);

  useEffect(() => {
    let last = 0;
    const show = (event: Event) => {
      const id = ++last;
      const text = event instanceof CustomEvent ? String(event.detail) : "";
      setMessages((before) => [...before.slice(-2), { id, text }]);
    };
    window.addEventListener(name, show);
    return () => window.removeEventListener(name, show);
  }, []);

  return (
    <Toasts>
      {messages.map(({ id, text }) => (
        <Toast key={id} shownFor={shownFor} onGone={() => remove(id)}>
          {text}
        </Toast>
      ))}
    </Toasts>
  );
}

/** The corner for messages; without script they stay above the page, because nothing removes them. */
export const Toasts = ({ children }: { children: ReactNode }) => (
  <div
    role="status"
    className="fixed right-4 bottom-4 z-20 grid max-w-[min(420px,calc(100vw-32px))] gap-2 max-sm:left-4 noscript:static noscript:max-w-none noscript:px-gutter noscript:pt-3 noscript:empty:hidden print:hidden"
  >
    {children}
  </div>
);

type ToastProps = { shownFor: number; onGone: () => void; children: ReactNode };

/** One message; it disappears after a while unless hovered or focused, or when it is dismissed. */
export function Toast({ shownFor, onGone, children }: ToastProps) {
  const [isHeld, hold] = useState(false);
  const [isGone, leave] = useState(false);

  useEffect(() => {
    if (isHeld) return;
    const timer = window.setTimeout(() => leave(true), shownFor);
    return () => window.clearTimeout(timer);
  }, [isHeld, shownFor]);
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone, onGone]);

  if (isGone) return null;
  const release = () => hold(false);
  return (
    <div
      className="flex animate-rise items-center gap-2.5 rounded-lg bg-ink px-3.5 py-2.5 text-on-ink shadow-float outline outline-transparent [&_a]:whitespace-nowrap [&_a]:underline [&_a]:underline-offset-3"
      onMouseEnter={() => hold(true)}
      onMouseLeave={release}
      onFocus={() => hold(true)}
      onBlur={release}
    >
      {children}
      <button type="button" className="script-on -me-1.5 flex size-6 items-center justify-center rounded-md" onClick={() => leave(true)}>
        <IconPath d={x} />
        <span className="sr-only">Dismiss</span>
      </button>
    </div>
  );
}
