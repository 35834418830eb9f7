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

/** Whom a change would touch, in sentences: everybody, and the one who makes it. */
export type ChangeImpact = {
  effects: readonly string[];
  warnings: readonly string[];
  /** How many people other than the one who makes the change are touched. */
  others: number;
};

/** What a command would do, before it is run: with each row, or to whom. */
export type Preview = BulkOutcome | ChangeImpact;

export type FormState = {
  ok?: boolean;
  /** The result for each row of a bulk command. */
  outcome?: BulkOutcome;
  preview?: Preview;
  /** The sealed input that the preview is about, which the form sends back to run it. */
  previewed?: string;
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
