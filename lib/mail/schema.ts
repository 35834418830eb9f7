import * as z from "zod/mini";
import { listParams } from "@/lib/shared/text-schemas";

export const ListCapturedEmails = z.object(listParams);
