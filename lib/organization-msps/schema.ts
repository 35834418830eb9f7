import * as z from "zod/mini";
import { rowId } from "@/lib/shared/text-schemas";

const idMessage = "The ID of a Managed Service Provider looks like 0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";

export const GetOrganizationMsp = z.object({});

export const AssignMsp = z.strictObject({ mspId: rowId(idMessage) });
export const EndMsp = z.strictObject({ mspId: rowId() });
