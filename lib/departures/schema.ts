import * as z from "zod/mini";

const unticked = "Tick this box to delete the account";

export const DeleteAccount = z.object({ agreed: z.literal("true", unticked) });
