import "server-only";
import type { Origin } from "@/lib/access/actor";
import type { Present } from "@/lib/sessions/queries";
import { isFresh } from "@/lib/sessions/rules";
import type { Due } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { withRequest } from "@/lib/vocabulary/notices";
import type { FormState, FormValues } from "@/lib/vocabulary/result";
import { settle } from "@/lib/web/action";
import { arrivalIn, duePath } from "@/lib/web/entrance";
import { signedIn, standing } from "@/lib/web/session";
import { requestOrigin, safePath } from "@/lib/web/visitor";

/** Everything a person who is not signed in may do; nothing else is open to strangers (TEN-4). */
export const publicActions = [
  "create_account",
  "send_again",
  "validate_address",
  "sign_in",
  "second_factor",
  "google",
  "passkey",
  "recover",
  "reset_password",
  "confirm_email",
  "accept_invitation",
  "create_login",
] as const;

type PublicAction = (typeof publicActions)[number];

/** Opens something to everybody: it decides by itself, from a password or a mailed link, whom it obeys. */
export function visitorAction(_name: PublicAction, work: (values: FormValues) => Promise<string>) {
  return async (_state: FormState, form: FormData): Promise<FormState> => settle(form, work);
}

/** A signed-in person, with where this request comes from. */
export type Asking = Present & { origin: Origin };

/** Where it leads; null where a script has shown the outcome and the person stays. */
type Work = (who: Asking, values: FormValues) => Promise<string | null>;

/** The notice on the way names this request, whose entry in the log it then leads to. */
async function told(who: Present, values: FormValues, work: Work): Promise<string | null> {
  const origin = await requestOrigin();
  const path = await work({ ...who, origin }, values);
  return path && withRequest(path, origin.requestId);
}

const signedOut = () => new Fault("unauthenticated", "You are signed out. Sign in again to continue");
const stale = () => new Fault("unauthenticated", "Confirm that it is you first: open this page again");

/** Opens something to whoever is signed in, outside of any organization. */
export function personAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const who = await signedIn();
      if (!who) throw signedOut();
      return told(who, values, work);
    });
}

/** Opens something that a person does to their account, and only soon after they proved who they are (SES-11). */
export const freshAction = (work: Work) =>
  personAction((who, values) => {
    if (!isFresh(who.age)) throw stale();
    return work(who, values);
  });

/** Opens the set-up of a second factor, also while that is all that is due (ACC-23). */
export function ownerAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const here = await standing();
      if (!here || here.dues.some((due) => due !== "two_factor")) throw signedOut();
      return told(here.who, values, work);
    });
}

/** Opens what is due after sign-in, to whoever owes it and when it is its turn (ACC-10). */
export function dueAction(due: Due, work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const here = await standing();
      if (!here) throw signedOut();
      if (here.dues[0] !== due) return arrivalIn(here, { path: safePath(values.next) });
      const path = await told(here.who, values, work);
      const [, then] = here.dues;
      return then ? duePath(then, path) : path;
    });
}
