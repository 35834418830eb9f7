"use client";

import { useEffect, useState } from "react";

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
    <div className="toasts" role="status">
      {messages.map(({ id, text }) => (
        <div key={id} className="toast">
          {text}
        </div>
      ))}
    </div>
  );
}
