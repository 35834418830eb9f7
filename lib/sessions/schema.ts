import * as z from "zod/mini";

export const EndSession = z.strictObject({ sessionId: z.uuid("This session is not there any more") });
export const EndOtherSessions = z.strictObject({});
