import * as z from "zod/mini";
import { applicationNames } from "@/lib/shared/applications";
import { boundedText, rowId } from "@/lib/shared/text-schemas";

const application = z.enum(applicationNames, "Choose an application");

export const StartAccountLink = z.strictObject({ application, sessionId: rowId() });

/** The secret from the cookie, and the query string of the callback. */
export const LinkAccount = z.strictObject({ application, sessionId: rowId(), secret: boundedText(200).check(z.minLength(1)), answer: boundedText(8_192) });

export const UnlinkAccount = z.strictObject({ linkedAccountId: rowId() });

export const ListLinkedAccounts = z.object({});

export const GetLinkedAccount = z.object({ linkedAccountId: rowId() });
