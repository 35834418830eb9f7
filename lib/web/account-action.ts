import "server-only";
import type { RequestMetadata } from "@/lib/access/actor";
import type { AuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import type { PendingStep } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { settle } from "@/lib/web/action";
import { landingPath, pendingStepPath } from "@/lib/web/login-flow";
import { activeSession, sessionStatus } from "@/lib/web/session";
import { requestMetadata, safeRedirectPath } from "@/lib/web/request-metadata";

/** Everything a person who is not signed in may do; nothing else is open to strangers. */
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
export type Asking = AuthSession & { origin: RequestMetadata };

/** Where it leads; null where a script has shown the outcome and the person stays. */
type Work = (who: Asking, values: FormValues) => Promise<string | null>;

/** The notice on the way names this request, whose entry in the log it then leads to. */
async function told(who: AuthSession, values: FormValues, work: Work): Promise<string | null> {
  const origin = await requestMetadata();
  const path = await work({ ...who, origin }, values);
  return path && withFlashRequestId(path, origin.requestId);
}

const signedOut = () => new AppError("unauthenticated", "You are signed out. Sign in again to continue");
const stale = () => new AppError("unauthenticated", "Confirm that it is you first: open this page again");

/** Opens something to whoever is signed in, outside of any organization. */
export function personAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const who = await activeSession();
      if (!who) throw signedOut();
      return told(who, values, work);
    });
}

/** Opens something that a person does to their account, and only soon after they proved who they are. */
export const freshAction = (work: Work) =>
  personAction((who, values) => {
    if (!hasRecentAuth(who.age)) throw stale();
    return work(who, values);
  });

/** Opens the set-up of a second factor, also while that is all that is due. */
export function ownerAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const here = await sessionStatus();
      if (!here || here.pendingSteps.some((due) => due !== "two_factor")) throw signedOut();
      return told(here.session, values, work);
    });
}

/** Opens what is due after sign-in, to whoever owes it and when it is its turn. */
export function dueAction(due: PendingStep, work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const here = await sessionStatus();
      if (!here) throw signedOut();
      if (here.pendingSteps[0] !== due) return landingPath(here, { path: safeRedirectPath(values.next) });
      const path = await told(here.session, values, work);
      const [, then] = here.pendingSteps;
      return then ? pendingStepPath(then, path) : path;
    });
}
