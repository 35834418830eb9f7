import * as z from "zod/mini";
import { rowVersion } from "@/lib/shared/form-schemas";
import { boundedText, queryParam, rowId } from "@/lib/shared/text-schemas";

/** The state after the change of this audit entry, or the one before all changes that the audit log still holds. */
const point = z.union([z.literal("start"), rowId()]);

const points = { from: queryParam(point), to: queryParam(point), after: queryParam(rowId()), before: queryParam(rowId()) };

export const GetSettingsHistory = z.object(points);
export const GetSiteHistory = z.object({ siteId: rowId(), ...points });

const restored = { point, version: rowVersion, path: z._default(boundedText(100), "") };

/** Restores one setting of a point, or all of them. */
export const RestoreSettings = z.strictObject(restored);
export const RestoreSite = z.strictObject({ siteId: rowId(), ...restored });
