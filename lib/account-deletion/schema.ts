import * as z from "zod/mini";

const uncheckedMessage = "Tick this box to delete the account";

export const DeleteAccount = z.object({ agreed: z.literal("true", uncheckedMessage) });
