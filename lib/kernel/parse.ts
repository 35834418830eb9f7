import * as z from "zod/mini";
import { Fault } from "@/lib/vocabulary/fault";
import type { FieldErrors } from "@/lib/vocabulary/result";

/** What was sent, in the shape the schema promises; or what is wrong with each field. */
export function parse<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { fieldErrors, formErrors } = z.flattenError(parsed.error);
  throw new Fault("invalid", formErrors[0] ?? "Check the marked fields", fieldErrors as FieldErrors);
}
