import type { ReactNode } from "react";
import type { SearchParams } from "@/lib/web/page";
import type { PanelProps } from "./panels";

export type DialogProps = PanelProps & { query: SearchParams; closeHref: string };

/** The dialogs of the sections, by the value of `dialog` in the query string. */
export const dialogs: Readonly<Record<string, (props: DialogProps) => ReactNode | Promise<ReactNode>>> = {};
