import * as z from "zod/mini";
import { rowId } from "@/lib/shared/text-schemas";

export const EndSession = z.strictObject({ sessionId: rowId("This session is not there any more") });
export const EndOtherSessions = z.strictObject({});
