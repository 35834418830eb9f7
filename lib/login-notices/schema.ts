import { z } from "zod";

export const AcceptNotice = z.object({ version: z.string().regex(/^[\da-f]{8}$/, "Open this page again") });
