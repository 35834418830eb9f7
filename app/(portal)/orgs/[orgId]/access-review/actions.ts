"use server";

import { keepSelected, revokeSelected } from "@/lib/access-reviews/commands";
import { bulkAction } from "@/lib/web/action";

export const keepReviewedAction = bulkAction(keepSelected);
export const revokeReviewedAction = bulkAction(revokeSelected);
