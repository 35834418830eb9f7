import type { AuthSession } from "@/lib/sessions/queries";

/** Search parameters of My Account: the open dialog and its subject. */
export type AccountQuery = Record<string, string | string[] | undefined>;

export type DialogsProps = { session: AuthSession; query: AccountQuery };
