import * as z from "zod/mini";
import { listParams, queryParam, rowId, searchTerm } from "@/lib/shared/text-schemas";

export const ListEffectiveAccess = z.object({ administratorId: rowId(), search: queryParam(searchTerm(200)), ...listParams });
/** The list without the administrator, who stands in the path. */
export const EffectiveAccessParams = z.object({ search: queryParam(searchTerm(200)), ...listParams });
export const ViewAs = z.strictObject({ administratorId: rowId() });
export const SetViewAs = z.object({ orgId: z.nullable(rowId()), administratorId: z.nullable(rowId()) });
