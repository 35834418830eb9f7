import * as z from "zod/mini";
import { roleNames } from "@/lib/shared/roles";
import { notEmpty, selection } from "@/lib/shared/selection";
import { filterParam, filterValues, listParams, optionalSingleLine, queryParam, searchTerm } from "@/lib/shared/text-schemas";

const twoFactorStates = ["on", "off"] as const;
const useStates = ["unused", "used"] as const;
const reviewStates = ["none", "over90", "over180"] as const;
const decisions = ["kept", "revoked"] as const;

/** Which members: those selected, or all that the filter of the page shows. */
const selected = {
  ...selection,
  search: z._default(searchTerm(200), ""),
  roles: filterValues(z.enum(roleNames), roleNames.length),
  use: filterValues(z.enum(useStates), useStates.length),
  twoFactor: filterValues(z.enum(twoFactorStates), twoFactorStates.length),
  reviewed: filterValues(z.enum(reviewStates), reviewStates.length),
};

export const SelectForReview = z.strictObject(selected).check(notEmpty);
/** The reason is part of the recorded decision. */
export const DecideOnSelected = z.strictObject({ ...selected, reason: optionalSingleLine(500) }).check(notEmpty);

const filterFields = {
  search: queryParam(searchTerm(200)),
  role: filterParam(z.enum(roleNames), roleNames.length),
  use: filterParam(z.enum(useStates), useStates.length),
  twoFactor: filterParam(z.enum(twoFactorStates), twoFactorStates.length),
  reviewed: filterParam(z.enum(reviewStates), reviewStates.length),
};

export const ListAccessReview = z.object({ ...filterFields, ...listParams });
export const ExportAccessReview = z.object({ ...filterFields, sort: listParams.sort });

const decisionFields = { search: queryParam(searchTerm(200)), decision: filterParam(z.enum(decisions), decisions.length) };

export const ListReviewDecisions = z.object({ ...decisionFields, ...listParams });
export const ExportReviewDecisions = z.object({ ...decisionFields, sort: listParams.sort });
