"use client";

import { useEffect } from "react";
import { type Kept, tellKept } from "./signals";

/** Tells the browser, without a word on the page, which passkeys of the account there still are. */
export function TellBrowser({ kept }: { kept: Kept }) {
  useEffect(() => tellKept(kept), [kept]);
  return null;
}
