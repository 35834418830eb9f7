import * as z from "zod/mini";
import { singleLine } from "@/lib/shared/text-schemas";

export const GetDeletionImpact = z.object({});

export const DeleteOrganization = z.strictObject({ name: singleLine(200, "Enter the name of the organization") });
