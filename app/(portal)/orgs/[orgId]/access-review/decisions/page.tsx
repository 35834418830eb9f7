import { splitSelection } from "@/components/table/selection";
import { PageHeader } from "@/components/ui/page-header";
import { listReviewDecisions } from "@/lib/access-reviews/queries";
import { ListReviewDecisions } from "@/lib/access-reviews/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../../account/views/dialogs";
import { viewsMenuOf } from "../../../../account/views/views-menu";
import { decisionFilters } from "../labels";
import { DecisionList } from "./decision-list";
import { toDecisionRow } from "./decision-row";

const title = "Past Decisions";

export default orgPage({ permission: "access_review.read", title, search: ListReviewDecisions }, async ({ actor, session, search, query }) => {
  const { params, selected } = splitSelection(query);
  const [{ rows, ...page }, views] = await Promise.all([listReviewDecisions(actor, search), viewsMenuOf(actor, "access-review/decisions", params)]);
  const times = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/access-review`;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Access Review", href: path }} help="Who decided what, and what the access was at that time." />
      <DecisionList
        rows={rows.map((row) => toDecisionRow(row, times))}
        params={params}
        path={`${path}/decisions`}
        page={{ ...page, noun: "decisions", note: `times in ${times.zone}` }}
        filters={decisionFilters}
        views={views}
      />
      <SavedViewDialogs actor={actor} list="access-review/decisions" params={params} dialog={selected.dialog} />
    </>
  );
});
