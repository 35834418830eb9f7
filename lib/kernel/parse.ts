import * as z from "zod/mini";
import { Fault } from "@/lib/vocabulary/fault";
import type { FieldErrors } from "@/lib/vocabulary/result";

/** Parses input with a schema, or throws an `invalid` error with messages per field. */
export function parse<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { fieldErrors, formErrors } = z.flattenError(parsed.error);
  throw new Fault("invalid", formErrors[0] ?? "Check the marked fields", fieldErrors as FieldErrors);
}
