import * as z from "zod/mini";
import { AppError } from "@/lib/shared/app-error";

const maxMessageLength = 300;

/** Parses input with a schema, or throws an `invalid` error with messages per field. */
export function parse<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { fieldErrors, formErrors } = z.flattenError(parsed.error);
  const fields = Object.entries<string[] | undefined>(fieldErrors).map(([name, messages]) => [name, [...new Set(messages)]]);
  throw new AppError("invalid", formErrors[0]?.slice(0, maxMessageLength) ?? "Check the marked fields", Object.fromEntries(fields));
}
