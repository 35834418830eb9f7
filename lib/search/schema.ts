import * as z from "zod/mini";
import { searchTerm } from "@/lib/shared/text-schemas";

export const SearchOrganization = z.object({ q: searchTerm(100).check(z.minLength(1)) });
