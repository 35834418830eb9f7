import "server-only";
import type { RequestMetadata } from "@/lib/access/actor";
import type { AuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth, needsRecentAuthError } from "@/lib/sessions/rules";
import type { PendingStep } from "@/lib/shared/login-flow";
import { SignedOutError } from "@/lib/shared/app-error";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { runAction } from "@/lib/web/action";
import { landingPath, pendingStepPath } from "@/lib/web/login-flow";
import type { IdentityRule } from "@/lib/web/page-identity";
import { activeSession, sessionStatus } from "@/lib/web/session";
import { requestMetadata, safeRedirectPath } from "@/lib/web/request-metadata";

/**
 * The actions that need no session. Those that use the session, or replace it without authentication, need a page of the
 * same account; the others authenticate the account themselves.
 */
export const publicActions = {
  create_account: "not another account",
  send_again: "not another account",
  validate_address: "not another account",
  sign_in: "not another account",
  second_factor: "not another account",
  google: "not another account",
  passkey: "not another account",
  recover: "not another account",
  reset_password: "not another account",
  confirm_email: "same account",
  answer_invitation: "same account",
  create_login: "same account",
} as const satisfies Record<string, IdentityRule>;

type PublicAction = keyof typeof publicActions;

/** Makes a public server action, which authenticates by itself, by a password or an emailed link. */
export function publicAction(name: PublicAction, work: (values: FormValues) => Promise<string>) {
  return async (_state: FormState, form: FormData): Promise<FormState> => runAction(form, { rule: publicActions[name] }, work);
}

/** The signed-in account with the metadata of its request. */
export type AccountRequest = AuthSession & { origin: RequestMetadata };

/** Returns the page that follows; null where a script has shown the outcome and the page stays. */
type Work = (self: AccountRequest, values: FormValues) => Promise<string | null>;

/** Runs work for an account; a message on the next page names this request, whose audit entry it links to. */
async function runForAccount(session: AuthSession, values: FormValues, work: Work): Promise<string | null> {
  const origin = await requestMetadata();
  const path = await work({ ...session, origin }, values);
  return path && withFlashRequestId(path, origin.requestId);
}

/** Makes a server action for the signed-in account, outside of any organization. */
export function accountAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account" }, async (values) => {
      const session = await activeSession();
      if (!session) throw new SignedOutError();
      return runForAccount(session, values, work);
    });
}

/** Makes an account action that runs only within ten minutes after an authentication. */
export const recentAuthAction = (work: Work) =>
  accountAction((self, values) => {
    if (!hasRecentAuth(self.age)) throw needsRecentAuthError();
    return work(self, values);
  });

/** Makes an account action that also runs while setting up a second factor is pending. */
export function allowPending2faAction(work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account" }, async (values) => {
      const status = await sessionStatus();
      if (!status || status.pendingSteps.some((step) => step !== "two_factor")) throw new SignedOutError();
      return runForAccount(status.session, values, work);
    });
}

/** Makes the server action of a step after sign-in, for an account whose first pending step it is. */
export function pendingStepAction(step: PendingStep, work: Work) {
  return async (_state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account" }, async (values) => {
      const status = await sessionStatus();
      if (!status) throw new SignedOutError();
      if (status.pendingSteps[0] !== step) return landingPath(status, { path: safeRedirectPath(values.next) });
      const path = await runForAccount(status.session, values, work);
      const [, following] = status.pendingSteps;
      return following ? pendingStepPath(following, path) : path;
    });
}
