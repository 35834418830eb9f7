import { z } from "zod";
import { searched } from "@/lib/vocabulary/text";

export const FindPlaces = z.object({ q: searched(100).pipe(z.string().min(1)) });
