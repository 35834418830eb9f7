import type { DatabaseRole } from "@/db/roles";
import { mergedPart } from "@/lib/shared/registry";

/** Table privileges of the roles; every migration revokes whatever is not listed here. */
export const tablePrivileges: Record<string, Partial<Record<DatabaseRole, string>>> = mergedPart("tables");

/** Security definer functions and the roles that may execute them. */
export const functionPrivileges: Record<string, readonly DatabaseRole[]> = mergedPart("functions");
