import * as z from "zod/mini";

export const ExportOrganization = z.object({});
