import { z } from "zod";

const unticked = "Tick this box to delete the account";

export const DeleteAccount = z.object({ agreed: z.literal("true", unticked) });

export const ExportAccount = z.object({});
