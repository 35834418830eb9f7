import * as z from "zod/mini";
import { rowId } from "@/lib/shared/text-schemas";

/** Why the session of this browser ends. */
export const EndSession = z.object({ reason: z._default(z.enum(["signed out", "signed in again"]), "signed out") });
export const EndOwnSession = z.strictObject({ sessionId: rowId("This session no longer exists") });
export const EndOtherSessions = z.strictObject({});
export const UpdateLastSeen = z.object({ orgId: z.nullable(rowId("This organization no longer exists")) });
