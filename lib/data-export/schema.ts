import * as z from "zod/mini";

export const ExportAccount = z.object({});
