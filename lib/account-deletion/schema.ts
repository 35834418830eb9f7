import * as z from "zod/mini";
import { boundedArray, nameLines, rowId } from "@/lib/shared/text-schemas";

const uncheckedMessage = "Check this box to delete the account";
const mostOrganizations = 100;

export const DeleteAccount = z.object({
  agreed: z.literal("true", uncheckedMessage),
  /** The organizations that the page said it would delete. */
  organizations: z._default(boundedArray(rowId(), mostOrganizations), []),
  /** Their names, typed to confirm. */
  organizationNames: nameLines(mostOrganizations, "Enter only the names above"),
});
