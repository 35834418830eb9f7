import "server-only";
import type { Present } from "@/lib/sessions/queries";
import { Fault } from "@/lib/vocabulary/fault";
import type { FormState, FormValues } from "@/lib/vocabulary/result";
import { settle } from "@/lib/web/action";
import { signedIn } from "@/lib/web/session";

/** Everything a person who is not signed in may do; nothing else is open to strangers (TEN-4). */
export const publicActions = [
  "create_account",
  "send_again",
  "validate_address",
  "sign_in",
  "recover",
  "reset_password",
  "accept_invitation",
  "create_login",
] as const;

type PublicAction = (typeof publicActions)[number];

/** Opens something to everybody: it decides by itself, from a password or a mailed link, whom it obeys. */
export function visitorAction(_name: PublicAction, work: (values: FormValues) => Promise<string>) {
  return async (_state: FormState, form: FormData): Promise<FormState> => settle(form, work);
}

/** Opens something to whoever is signed in, outside of any organization. */
export function personAction(work: (who: Present, values: FormValues) => Promise<string>) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const who = await signedIn();
      if (!who) throw new Fault("unauthenticated", "You are signed out. Sign in again to continue");
      return work(who, values);
    });
}
