"use client";

import { createContext, useContext } from "react";

/** The end of the title of every page below: organization and product. */
export const TitleSuffix = createContext<readonly string[]>([]);

type DocumentTitleProps = { parts: readonly (string | undefined)[] };

/** The title of the document: the page, then organization and product. */
export function DocumentTitle({ parts }: DocumentTitleProps) {
  const all = [...parts, ...useContext(TitleSuffix)].filter(Boolean);
  return <title>{all.filter((part, at) => part !== all[at + 1]).join(" · ")}</title>;
}
