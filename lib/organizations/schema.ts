import * as z from "zod/mini";
import { line } from "@/lib/vocabulary/text";

export const CreateOrganization = z.object({ name: line(64, "Give the organization a name") });
