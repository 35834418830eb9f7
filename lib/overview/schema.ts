import * as z from "zod/mini";
import { boundedText } from "@/lib/shared/text-schemas";
import { isTimeZone } from "@/lib/shared/time-zone-id";

/** The time zone that divides the activity into days. */
export const GetOverview = z.object({ zone: boundedText(64).check(z.refine(isTimeZone)) });

export const DismissFirstSteps = z.strictObject({});
