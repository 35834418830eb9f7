import { z } from "zod";

export const FindPlaces = z.object({ q: z.string().trim().min(1).max(100) });
