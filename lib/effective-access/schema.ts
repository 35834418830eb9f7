import * as z from "zod/mini";
import { listParams, queryParam, rowId, searchTerm } from "@/lib/shared/text-schemas";

const effectiveAccessParams = { search: queryParam(searchTerm(200)), ...listParams };

/** The query string of the list; the administrator is in the path. */
export const EffectiveAccessParams = z.object(effectiveAccessParams);
export const ListEffectiveAccess = z.object({ administratorId: rowId(), ...effectiveAccessParams });
export const ViewAs = z.strictObject({ administratorId: rowId() });
export const SetViewAs = z.object({ orgId: z.nullable(rowId()), administratorId: z.nullable(rowId()) });
