import { fileColumns } from "@/components/table/columns";
import { exportAccessReview } from "@/lib/access-reviews/commands";
import type { ReviewedAccess } from "@/lib/access-reviews/queries";
import { ExportAccessReview } from "@/lib/access-reviews/schema";
import { csvDownload } from "@/lib/web/download";
import { reviewColumns } from "../columns";
import { toReviewRow } from "../review-row";

export const GET = csvDownload({
  name: "access-review",
  input: ExportAccessReview,
  open: exportAccessReview,
  row: (reviewed: ReviewedAccess) => toReviewRow(reviewed),
  columns: (params) => fileColumns(reviewColumns(""), params),
});
