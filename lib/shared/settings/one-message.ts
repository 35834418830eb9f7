import { AppError } from "@/lib/shared/app-error";

/** The same error with the first message of its fields, for pages that have none of the fields; `label` names a path in words. */
export function inOneMessage(error: unknown, label: (path: string) => string | undefined): unknown {
  if (!(error instanceof AppError) || !error.fields) return error;
  const [first] = Object.entries(error.fields);
  return new AppError("conflict", first ? `${label(first[0]) ?? first[0]}: ${first[1]?.[0]}` : error.message);
}
