"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { printed } from "@/lib/shared/printing";
import { redraw } from "./redraw";

export type StillProps = {
  as: "table" | "nav" | "figure" | "div";
  /** The markup itself, where it comes as data. */
  html?: string;
  /** Where the document has it, where it came with the document. */
  at?: number;
};

/**
 * An element whose markup React does not look into. What came with the document is not in its data a second time: a
 * browser takes it from the element it is in. What comes later is drawn into what is there. The one place that sets
 * inner HTML; only `Markup` uses it, which takes nothing but what `html` escaped.
 */
export function Still({ as, html, at, ...rest }: StillProps) {
  const Tag = as as "div";
  const element = useRef<HTMLDivElement>(null);
  const text = html ?? printedAt(at);
  const [first] = useState(text);
  const last = useRef(first);

  useLayoutEffect(() => {
    if (element.current && text !== last.current) redraw(element.current, last.current, text);
    last.current = text;
  }, [text]);
  return <Tag {...rest} ref={element} data-at={at} dangerouslySetInnerHTML={{ __html: first }} />;
}

const seen = new Map<number, string>();

function printedAt(at = -1): string {
  const text = typeof window === "undefined" ? printed()?.[at] : (seen.get(at) ?? document.querySelector(`[data-at="${at}"]`)?.innerHTML);
  if (text === undefined) throw new Error("The markup of this document is gone");
  if (typeof window !== "undefined") seen.set(at, text);
  return text;
}
