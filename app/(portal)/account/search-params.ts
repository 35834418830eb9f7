import type { AuthSession } from "@/lib/sessions/queries";

/** What the address asks of the page: which dialog is open, and about what. */
export type Asked = Record<string, string | string[] | undefined>;

export type DialogsProps = { who: AuthSession; asked: Asked };
