import "server-only";
import { refresh } from "next/cache";
import { redirect, unstable_rethrow } from "next/navigation";
import { type Actor, can } from "@/lib/access/actor";
import type { Operation } from "@/lib/kernel/command";
import type { AuthSession } from "@/lib/sessions/queries";
import { AppError, OtherAccountError, SignedOutError, StaleVersionError } from "@/lib/shared/app-error";
import { textOfFile } from "@/lib/shared/decode-text";
import { backField, fileField, parseFormData, previewedField, safeFormValues, stepField } from "@/lib/shared/form-values";
import { mergeForm, readInitialValues } from "@/lib/shared/merge-conflict";
import { withFlashMessage, withFlashRequestId } from "@/lib/shared/flash-messages";
import type { FormState, FormValues, Preview } from "@/lib/shared/form-state";
import { hasRecentAuth, needsRecentAuthError } from "@/lib/sessions/rules";
import type { BulkOutcome } from "@/lib/shared/selection";
import { readPageIdentity } from "@/lib/shared/page-identity";
import { currentActor, type OrgContext } from "@/lib/web/current-actor";
import { httpStatus, toFailure } from "@/lib/web/failure";
import { type IdentityRule, requirePageIdentity } from "@/lib/web/page-identity";
import { redirectToSignIn } from "@/lib/web/page";
import { openInput, sealInput } from "@/lib/web/previewed-input";
import { currentRequest, setRefusal } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";
import { requestMetadata, requireSameOrigin, safeRedirectPath } from "@/lib/web/request-metadata";

type OrgActionOptions = {
  /** Whether it runs only within ten minutes after an authentication. */
  recentAuth?: boolean;
  /** What the command gets of a chosen file. A refused form does not send it back. */
  fromFile?: (file: File) => Promise<FormValues>;
};

/** Makes a server action of a command of an organization; `landing` gives the page that follows. */
export function action<I, O>(
  command: Operation<I, O>,
  landing: (orgId: string, output: O, session: AuthSession) => string | Promise<string>,
  { recentAuth = false, fromFile }: OrgActionOptions = {},
) {
  return async (orgId: string, _state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account", orgId }, async (values) => {
      const { actor, session } = await requireOrgContext(orgId, recentAuth);
      const file = chosenFile(form);
      const input = file && fromFile ? { ...values, ...(await fromFile(file)) } : values;
      const path = await landing(orgId, await command.fromRaw(actor, input), session);
      return withFlashRequestId(returnPath(form, orgId, path), actor.origin.requestId);
    });
}

// A form that stands over a list may name the address of the list to return to.
function returnPath(form: FormData, orgId: string, path: string): string {
  const back = safeRedirectPath(form.get(backField));
  const notice = new URL(path, "http://here.invalid").searchParams.get("notice");
  return back?.startsWith(`/orgs/${orgId}/`) && notice ? withFlashMessage(back, notice) : path;
}

/** Makes a server action of a bulk command; its page stays and shows the result for each row. */
export function bulkAction<I>(command: Operation<I, BulkOutcome>) {
  return async (orgId: string, _state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account", orgId }, async (values) => {
      const outcome = await command.fromRaw(await requireOrgActor(orgId), values);
      refresh();
      return { ok: true, values, outcome };
    });
}

type FileTarget = { field: string; maxLength: number };

type PreviewedOptions<I, O> = {
  /** What the command would do; null when there is nothing to ask, so that it is run at once. */
  preview: Pick<Operation<I, Preview | null>, "fromRaw">;
  /** What follows: the page to go to, or the result to show. */
  after: (orgId: string, output: O) => string | BulkOutcome;
  /** The text field that a chosen file fills. */
  fileInto?: FileTarget;
  /** The preview is shown only where its button is pressed. */
  isOptional?: true;
  /** Fields that come with the preview; of all others, only what was previewed is run. */
  offers?: readonly string[];
};

/**
 * Makes a server action of a command that shows first what it would do. The pressed button names the step; only input that
 * was shown is run.
 */
export function previewedAction<I, O>(command: Operation<I, O>, { preview, after, fileInto, isOptional, offers = [] }: PreviewedOptions<I, O>) {
  return async (orgId: string, _state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account", orgId }, async () => {
      const { actor } = await requireOrgContext(orgId);
      const values = parseFormData(fileInto ? await withFileText(form, fileInto) : form);
      const shown = { values: safeFormValues(values), initialValues: readInitialValues(form) };
      const step = form.get(stepField);
      if (step === "edit") return shown;
      const input = Object.fromEntries(Object.entries(values).filter(([name]) => !offers.includes(name)));
      const offered = Object.fromEntries(Object.entries(values).filter(([name]) => offers.includes(name)));
      const asked = (found: Preview): FormState => ({ ...shown, preview: found, previewed: sealInput(actor, input) });
      const sealed = form.get(previewedField);
      const previewed = step === "run" ? openInput(actor, sealed, input) : null;
      // A command that is refused is recorded, and a preview is not.
      const isAsked = !isOptional || step !== null;
      const found = previewed || !isAsked || !can(actor, command.permission) ? null : await preview.fromRaw(actor, values);
      if (found) return asked(found);
      const outcome = after(orgId, await command.fromRaw(actor, previewed ? { ...offered, ...previewed } : values));
      if (typeof outcome === "string") return withFlashRequestId(outcome, actor.origin.requestId);
      if (outcome.isOutdated) return asked(outcome);
      refresh();
      // What was shown goes on with the next batch.
      const rest = previewed && outcome.next && typeof sealed === "string" ? { previewed: sealed } : {};
      return { ok: true, ...shown, ...rest, outcome };
    });
}

// Without a chosen file, a browser sends an empty one.
function chosenFile(form: FormData): File | undefined {
  const file = form.get(fileField);
  return file instanceof File && file.size > 0 ? file : undefined;
}

/** The form with the text of its file in a text field, so that it is kept like typed text. */
async function withFileText(form: FormData, { field, maxLength }: FileTarget): Promise<FormData> {
  const file = chosenFile(form);
  if (!file) return form;
  form.set(field, await textOfFile(file, maxLength));
  return form;
}

/** Returns who acts in the organization; throws for a non-member and when signed out. */
export async function requireOrgContext(orgId: string, recentAuth = false): Promise<OrgContext> {
  const context = await currentActor(orgId);
  if (!context) throw new SignedOutError();
  if (context === "non-member") throw new AppError("not_found", "There is nothing at this address");
  if (recentAuth && !hasRecentAuth(context.session.age)) throw needsRecentAuthError();
  return context;
}

const requireOrgActor = async (orgId: string): Promise<Actor> => (await requireOrgContext(orgId)).actor;

type ActionOptions = { rule: IdentityRule; orgId?: string };

/**
 * Every server action runs in here. The request must come from our own pages, and the page must have been rendered for
 * the account that is signed in now; only then is the input read. Redirects, or returns the result or the errors as form state.
 */
export async function runAction(form: unknown, { rule, orgId }: ActionOptions, work: (values: FormValues) => Promise<string | FormState | null>): Promise<FormState> {
  let result: string | FormState | null;
  try {
    await requireSameOrigin();
    await requirePageIdentity(form, rule, orgId ?? null);
    result = await work(parseFormData(form));
  } catch (error) {
    unstable_rethrow(error);
    // Without script the page of the form cannot be rendered again, and its own redirect would send the form on.
    if (error instanceof SignedOutError && currentRequest()?.kind === "document") return redirectToSignIn();
    return failedState(error, form);
  }
  if (typeof result === "string") redirect(result);
  return result ?? { ok: true };
}

// What cannot be parsed cannot be shown again either.
function typedValues(form: FormData): FormValues {
  try {
    return safeFormValues(parseFormData(form));
  } catch {
    return {};
  }
}

async function failedState(error: unknown, form: unknown): Promise<FormState> {
  const explained = await explain(error);
  if (!(form instanceof FormData)) return { values: {}, error: explained };
  const values = typedValues(form);
  const initialValues = readInitialValues(form);
  if (error instanceof OtherAccountError || error instanceof SignedOutError) {
    setRefusal(explained.message);
    return { values, initialValues, pageIdentity: readPageIdentity(form), error: explained };
  }
  if (!(error instanceof StaleVersionError)) return { values, initialValues, error: explained };
  const merged = mergeForm(initialValues, values, error.currentValues, error.updatedBy);
  const isMarked = Object.keys(merged.conflict.fields).length > 0;
  const advice = isMarked ? "Compare the marked fields, then save again" : "It changed none of these fields. Save again";
  return { ...merged, conflict: { ...merged.conflict, labels: error.labels }, error: { message: `${explained.message}. ${advice}` } };
}

async function explain(error: unknown) {
  const { requestId } = await requestMetadata();
  const { code, message, fields, retryAfterSeconds } = toFailure(error, requestId);
  const status = httpStatus(error, code);
  if (status === 401 || status === 403 || status === 404 || status === 429 || status === 503) {
    setResponseStatus(status, { retryAfterSeconds });
  }
  return { message, fields, ...(error instanceof SignedOutError && { isSignedOut: true as const }) };
}
