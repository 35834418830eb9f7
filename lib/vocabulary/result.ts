export type FaultCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "busy";

export type FieldErrors = Record<string, string[] | undefined>;

export type Failure = { code: FaultCode | "unexpected"; message: string; fields?: FieldErrors };

export type FormValues = Record<string, string | string[]>;

/** Who saved the same thing first, what stands now in each field they changed, and whether another value was kept. */
export type Meanwhile = { by: string; fields: Record<string, { now: string | string[]; kept: boolean }> };

export type FormState = {
  ok?: boolean;
  values?: FormValues;
  /** What the values were before anything was typed. */
  opened?: FormValues;
  meanwhile?: Meanwhile;
  error?: { message: string; fields?: FieldErrors };
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
