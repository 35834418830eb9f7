import { linkToken } from "@/lib/shared/form-schemas";

/** The secret key in an enrollment link. */
export const SdkSecret = linkToken;
