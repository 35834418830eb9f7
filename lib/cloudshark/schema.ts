import * as z from "zod/mini";
import { optionalHttpsUrl } from "@/lib/shared/https-url";
import { boundedText } from "@/lib/shared/text-schemas";

/** An empty token stands for the one that is set. */
export const TestCloudShark = z.strictObject({
  token: z._default(boundedText(4_096).check(z.trim()), ""),
  url: optionalHttpsUrl(300),
});
