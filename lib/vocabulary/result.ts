export type FaultCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "busy";

export type FieldErrors = Record<string, string[] | undefined>;

export type Failure = { code: FaultCode | "unexpected"; message: string; fields?: FieldErrors };

export type FormValues = Record<string, string | string[]>;

/** Who saved first, the current value of each field they changed, and whether the typed value was kept instead. */
export type Meanwhile = { by: string; fields: Record<string, { now: string | string[]; kept: boolean }> };

export type FormState = {
  ok?: boolean;
  values?: FormValues;
  /** The values before the user changed anything. */
  opened?: FormValues;
  meanwhile?: Meanwhile;
  error?: { message: string; fields?: FieldErrors };
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
