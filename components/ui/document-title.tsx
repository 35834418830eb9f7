"use client";

import { createContext, useContext } from "react";

/** What the title of every page below ends with: the organization and the product. */
export const TitleSuffix = createContext<readonly string[]>([]);

type DocumentTitleProps = { parts: readonly (string | undefined)[] };

/** The title of the document: what the page shows, then where that is. */
export function DocumentTitle({ parts }: DocumentTitleProps) {
  const all = [...parts, ...useContext(TitleSuffix)].filter(Boolean);
  return <title>{all.filter((part, at) => part !== all[at + 1]).join(" · ")}</title>;
}
