import * as z from "zod/mini";
import { rowId } from "@/lib/shared/text-schemas";

export const GetMsp = z.object({ mspId: rowId() });

const ofOrganization = { mspId: rowId(), organization: rowId() };

export const AnswerMspRequest = z.object(ofOrganization);
export const EndMspOrganization = z.object(ofOrganization);
