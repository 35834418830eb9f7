"use client";

import { useEffect, useRef, useState } from "react";

export type SectionLink = { id: string; title: string };

const states = { changed: "changed", faulty: "check this" } as const;
type State = keyof typeof states;

function stateOf(section: Element | null): State | undefined {
  if (section?.querySelector("[aria-invalid=true]")) return "faulty";
  return section?.hasAttribute("data-changed") ? "changed" : undefined;
}

/** Follows the sections that have unsaved changes or errors. */
function useSectionStates(contents: readonly SectionLink[]) {
  const nav = useRef<HTMLElement>(null);
  const [found, setFound] = useState<Readonly<Record<string, State | undefined>>>({});
  useEffect(() => {
    const look = () => setFound(Object.fromEntries(contents.map(({ id }) => [id, stateOf(document.getElementById(id))])));
    const observer = new MutationObserver(look);
    const body = nav.current?.parentElement;
    if (body) observer.observe(body, { subtree: true, attributeFilter: ["data-changed", "aria-invalid"], childList: true });
    look();
    return () => observer.disconnect();
  }, [contents]);
  return { nav, found };
}

const linkClass =
  "[&_a]:rounded-e-sm [&_a]:px-3 [&_a]:py-1 [&_a]:text-muted [&_a:hover]:text-body [&_a:target-current]:font-medium [&_a:target-current]:text-body [&_a:target-current]:shadow-[-1px_0_0_var(--color-accent)]";

/** The table of contents of a page of sections, which names those with unsaved changes or errors. */
export function SectionContents({ contents }: { contents: readonly SectionLink[] }) {
  const { nav, found } = useSectionStates(contents);
  return (
    <nav
      ref={nav}
      className={`sticky top-[calc(var(--bar-height)+68px)] grid max-h-[calc(100dvh-var(--bar-height)-84px)] self-start overflow-y-auto border-l border-line text-sm [scroll-target-group:auto] max-[999px]:hidden print:hidden ${linkClass}`}
      aria-label="On this page"
    >
      {contents.map(({ id, title }) => {
        const state = found[id];
        return (
          <a key={id} href={`#${id}`}>
            {title}
            {state && <span className={state === "faulty" ? "text-bad" : "text-accent"}> · {states[state]}</span>}
          </a>
        );
      })}
    </nav>
  );
}
