import * as z from "zod/mini";
import { queryParam, searchTerm } from "@/lib/shared/text-schemas";

/** What is typed as a location; `source` asks the geocoder, which is meant for addresses that are typed to their end. */
export const FindPlaces = z.object({
  search: searchTerm(200).check(z.minLength(1)),
  source: queryParam(z.enum(["geocoder"])),
});
