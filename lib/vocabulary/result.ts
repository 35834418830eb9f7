export type FaultCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "busy";

export type FieldErrors = Record<string, string[] | undefined>;

export type Failure = { code: FaultCode | "unexpected"; message: string; fields?: FieldErrors };

export type FormValues = Record<string, string | string[]>;

export type FormState = {
  ok?: boolean;
  values?: FormValues;
  error?: { message: string; fields?: FieldErrors };
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
