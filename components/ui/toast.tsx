"use client";

import { type ComponentProps, type ReactNode, useEffect, useState } from "react";

const name = "signalbox:toast";
const shownFor = 6000;

/** Says something in passing, from the browser. */
export function toast(message: string) {
  window.dispatchEvent(new CustomEvent(name, { detail: message }));
}

type Message = { id: number; text: string };

/** Where what `toast` says appears. */
export function Toaster() {
  const [messages, setMessages] = useState<Message[]>([]);

  useEffect(() => {
    let last = 0;
    const timers = new Set<number>();
    const show = (event: Event) => {
      const id = ++last;
      const text = event instanceof CustomEvent ? String(event.detail) : "";
      setMessages((before) => [...before.slice(-2), { id, text }]);
      timers.add(window.setTimeout(() => setMessages((before) => before.filter((one) => one.id !== id)), shownFor));
    };
    window.addEventListener(name, show);
    return () => {
      window.removeEventListener(name, show);
      timers.forEach((timer) => window.clearTimeout(timer));
    };
  }, []);

  return (
    <Toasts>
      {messages.map(({ id, text }) => (
        <Toast key={id}>{text}</Toast>
      ))}
    </Toasts>
  );
}

/** The corner for messages; without script, where nothing takes them away, they stand above the page instead. */
export function Toasts(props: ComponentProps<"div">) {
  return (
    <div
      {...props}
      role="status"
      className="fixed right-4 bottom-4 z-20 grid max-w-[min(420px,calc(100vw-32px))] gap-2 max-sm:left-4 noscript:static noscript:max-w-none noscript:px-gutter noscript:pt-3 noscript:empty:hidden print:hidden"
    />
  );
}

/** One message. */
export function Toast({ children }: { children: ReactNode }) {
  return (
    <div className="flex animate-rise items-center gap-2.5 rounded-lg bg-ink px-3.5 py-2.5 text-on-ink shadow-float outline outline-transparent [&_a]:whitespace-nowrap [&_a]:underline [&_a]:underline-offset-3">
      {children}
    </div>
  );
}
