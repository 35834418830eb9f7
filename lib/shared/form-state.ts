import type { PageIdentity } from "./page-identity";
import type { BulkOutcome } from "./selection";

export type AppErrorCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "busy";

export type FieldErrors = Record<string, string[] | undefined>;

export type Failure = { code: AppErrorCode | "unexpected"; message: string; fields?: FieldErrors };

export type FormValues = Record<string, string | string[]>;

/** Who saved first, the current value of each field they changed, and whether the typed value was kept instead. */
export type MergeConflict = {
  updatedBy: string;
  fields: Record<string, { now: string | string[]; kept: boolean }>;
  /** Names for ids among the current values. */
  labels?: Readonly<Record<string, string>>;
};

export type FormState = {
  ok?: boolean;
  /** The result for each row of a bulk command. */
  outcome?: BulkOutcome;
  /** What a bulk command would do with each row, before it is run. */
  preview?: BulkOutcome;
  values?: FormValues;
  /** The values before the user changed anything. */
  initialValues?: FormValues;
  conflict?: MergeConflict;
  /** Set when the form was refused because its page was rendered for another account. */
  pageIdentity?: PageIdentity;
  error?: {
    message: string;
    fields?: FieldErrors;
    /** The session has ended: the form leads to the sign-in page and back. */
    isSignedOut?: true;
  };
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
