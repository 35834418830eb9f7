import * as z from "zod/mini";
import { listParams, queryParam, rowId, searchTerm, singleLine } from "@/lib/shared/text-schemas";

export const CreateSdkKey = z.strictObject({ name: singleLine(64, "Give the key a name") });
export const RevokeSdkKey = z.strictObject({ sdkKeyId: rowId() });
export const GetSdkKey = z.object({ sdkKeyId: rowId() });

export const keyNotStored = "Store the key first, then confirm it here";

/** The confirmation that a new key is stored. */
export const AcknowledgeSdkKey = z.object({ stored: z.literal("true", keyNotStored) });

const filter = { search: queryParam(searchTerm(200)) };

export const ExportSdkKeys = z.object({ ...filter, sort: listParams.sort });
export const ListSdkKeys = z.object({ ...filter, ...listParams });
