import * as z from "zod/mini";
import { searchTerm } from "@/lib/shared/text-schemas";

export const SearchOrganization = z.object({ q: z.pipe(searchTerm(100), z.string().check(z.minLength(1))) });
