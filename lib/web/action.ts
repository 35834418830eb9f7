import "server-only";
import { redirect, unstable_rethrow } from "next/navigation";
import type { Actor } from "@/lib/access/actor";
import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import { safeFormValues, parseFormData } from "@/lib/shared/form-values";
import { mergeForm, readInitialValues } from "@/lib/shared/merge-conflict";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { currentActor } from "@/lib/web/current-actor";
import { httpStatus, toFailure } from "@/lib/web/failure";
import { setResponseStatus } from "@/lib/web/response-status";
import { requestMetadata, requireSameOrigin } from "@/lib/web/request-metadata";

type Command<O> = (actor: Actor, input: never) => Promise<O>;

/** Opens a command to the pages of an organization: who is asking, then the command, then the page it leads to. */
export function action<O>(run: Command<O>, landing: (orgId: string, output: O) => string) {
  return async (orgId: string, _state: FormState, form: FormData): Promise<FormState> =>
    settle(form, async (values) => {
      const here = await currentActor(orgId);
      if (!here) throw new AppError("unauthenticated", "You are signed out. Sign in again to continue");
      if (here === "non-member") throw new AppError("not_found", "There is nothing at this address");
      return withFlashRequestId(landing(orgId, await run(here.actor, values as never)), here.actor.origin.requestId);
    });
}

/** Runs what a form asks for and goes where it leads, if anywhere; or says what is wrong, with all that was typed. */
export async function settle(form: unknown, work: (values: FormValues) => Promise<string | null>): Promise<FormState> {
  let values: FormValues = {};
  let destination: string | null;
  try {
    await requireSameOrigin();
    values = parseFormData(form);
    destination = await work(values);
  } catch (error) {
    unstable_rethrow(error);
    return refusal(error, safeFormValues(values), readInitialValues(form));
  }
  if (destination === null) return { ok: true };
  redirect(destination);
}

async function refusal(error: unknown, values: FormValues, opened: FormValues | undefined): Promise<FormState> {
  const explained = await explain(error);
  if (!(error instanceof StaleVersionError)) return { values, initialValues: opened, error: explained };
  const met = mergeForm(opened, values, error.currentValues, error.updatedBy);
  const marked = Object.keys(met.conflict.fields).length > 0;
  const advice = marked ? "Compare what is marked, then save again" : "Nothing that stands here was changed by it. Save again";
  return { ...met, error: { message: `${explained.message}. ${advice}` } };
}

async function explain(error: unknown) {
  const { requestId } = await requestMetadata();
  const { code, message, fields, retryAfterSeconds } = toFailure(error, requestId);
  const status = httpStatus(error, code);
  if (status === 401 || status === 403 || status === 404 || status === 429 || status === 503) {
    setResponseStatus(status, { retryAfterSeconds });
  }
  return { message, fields };
}
