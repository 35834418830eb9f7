import type { ConstraintMessage } from "./define-area.ts";
import { mergedPart } from "./registry.ts";

/** By the name of the constraint. */
export const constraintMessages: Record<string, ConstraintMessage> = mergedPart("constraints");

/** By the end of the name, for references that many tables have. */
const referenceMessages: Record<string, ConstraintMessage> = {
  _accounts_id_fk: { message: "This account no longer exists", code: "unauthenticated" },
  _organizations_id_fk: { message: "Organization not found", code: "not_found" },
  _sessions_id_fk: { message: "You are signed out. Sign in again to continue", code: "unauthenticated" },
};

/** The message for a constraint, if there is one. */
export function constraintMessage(name: string): ConstraintMessage | undefined {
  if (Object.hasOwn(constraintMessages, name)) return constraintMessages[name];
  return Object.entries(referenceMessages).find(([end]) => name.endsWith(end))?.[1];
}
