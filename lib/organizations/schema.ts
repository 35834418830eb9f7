import * as z from "zod/mini";
import { singleLine } from "@/lib/shared/text-schemas";

export const CreateOrganization = z.object({ name: singleLine(64, "Enter a name for the organization") });
