import * as z from "zod/mini";
import { AppError } from "@/lib/shared/app-error";
import type { FieldErrors } from "@/lib/shared/form-state";

/** Parses input with a schema, or throws an `invalid` error with messages per field. */
export function parse<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { fieldErrors, formErrors } = z.flattenError(parsed.error);
  throw new AppError("invalid", formErrors[0] ?? "Check the marked fields", fieldErrors as FieldErrors);
}
