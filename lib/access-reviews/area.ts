import { defineArea } from "../shared/define-area.ts";

export const accessReviews = defineArea({
  name: "access-reviews",
  permissions: {
    "access_review.read": { allows: "see access reviews", roles: ["super_user", "network_admin", "super_observer"] },
    "access_review.decide": { allows: "keep or revoke access in a review", roles: ["super_user"] },
  },
  events: {
    "access_review.kept": "Reviewed and kept access of {subject}",
    "access_review.revoked": "Reviewed and revoked access of {subject}",
    "access_review.exported": "Exported {subject}",
  },
  commands: [{ label: "Access Review", path: "access-review", permission: "access_review.read" }],
  tables: { access_review_decisions: { app: "select, insert", worker: "select, delete" } },
  organizationRows: { access_review_decisions: [{ one: "access review decision" }] },
  queues: { "access_review.purge": { retryLimit: 0 } },
  pages: {
    "access-review": { permission: "access_review.read" },
    "access-review/decisions": { permission: "access_review.read" },
  },
  downloads: {
    "access-review/download": { permission: "access_review.read" },
    "access-review/decisions/download": { permission: "access_review.read" },
  },
  actions: {
    keepReviewedAction: {
      permission: "access_review.decide",
      page: "access-review?dialog=keep&ids=[member]",
      button: "Keep Access",
      fields: { reason: "{word}" },
      target: "member",
      effect: "none",
      showsResults: true,
    },
    revokeReviewedAction: {
      permission: "access_review.decide",
      page: "access-review?dialog=revoke&ids=[member]",
      button: "Revoke Access",
      fields: { reason: "{word}" },
      target: "member",
      effect: "deleted",
      showsResults: true,
    },
  },
  screenshots: [
    { name: "access-review", path: "/orgs/[org]/access-review" },
    { name: "access-review-empty", path: "/orgs/[org]/access-review?search=nobody" },
    { name: "access-review-keep", path: "/orgs/[org]/access-review?dialog=keep&all=true", viewportOnly: true },
    { name: "access-review-decisions", path: "/orgs/[org]/access-review/decisions" },
  ],
});
