import { fileColumns } from "@/components/table/columns";
import { exportReviewDecisions } from "@/lib/access-reviews/commands";
import type { ReviewDecision } from "@/lib/access-reviews/queries";
import { ExportReviewDecisions } from "@/lib/access-reviews/schema";
import { csvDownload } from "@/lib/web/download";
import { decisionColumns } from "../columns";
import { toDecisionRow } from "../decision-row";

export const GET = csvDownload({
  name: "access-review-decisions",
  input: ExportReviewDecisions,
  open: exportReviewDecisions,
  row: (past: ReviewDecision) => toDecisionRow(past),
  columns: (params) => fileColumns(decisionColumns, params),
});
