import * as z from "zod/mini";

export const ExportAccountData = z.object({});
