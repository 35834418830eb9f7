import * as z from "zod/mini";
import { searched } from "@/lib/vocabulary/text";

export const FindPlaces = z.object({ q: z.pipe(searched(100), z.string().check(z.minLength(1))) });
