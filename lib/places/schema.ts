import * as z from "zod/mini";
import { searchTerm } from "@/lib/shared/text-schemas";

const typed = z.optional(searchTerm(200).check(z.minLength(1)));

/** What is typed as a location: `search` while it is typed, `address` to ask the geocoder for all of it. */
export const FindPlaces = z
  .object({ search: typed, address: typed })
  .check(z.refine(({ search, address }) => search !== undefined || address !== undefined, { error: "Enter a place", path: ["search"] }));
