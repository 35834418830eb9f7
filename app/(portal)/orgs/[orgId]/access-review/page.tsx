import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listAccessReview } from "@/lib/access-reviews/queries";
import { ListAccessReview } from "@/lib/access-reviews/schema";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { reviewFilters } from "./labels";
import { ReviewList } from "./review-list";
import { toReviewRow } from "./review-row";
import { reviewActions, SelectionDialogs } from "./selection-dialogs";

const title = "Access Review";

export default orgPage({ permission: "access_review.read", title, search: ListAccessReview }, async ({ actor, session, membership, search, query }) => {
  const { params, selected } = splitSelection(query);
  const [{ rows, total, ...page }, views] = await Promise.all([listAccessReview(actor, search), viewsMenuOf(actor, "access-review", params)]);
  const times = await timeFormat(session);
  const administratorsPath = `/orgs/${actor.orgId}/administrators`;
  const path = `/orgs/${actor.orgId}/access-review`;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Administrators", href: administratorsPath }} help="Who has access, and whether they still need it.">
        <LinkButton href={`${path}/decisions`} variant="quiet">Past Decisions</LinkButton>
      </PageHeader>
      <p className="hidden px-gutter pb-3 print:block">
        {membership.orgName}, {formatDateTime(new Date(), times)} ({times.zone})
      </p>
      <ReviewList
        rows={rows.map((row) => toReviewRow(row, times))}
        params={params}
        selected={selected}
        actions={reviewActions(actor)}
        path={path}
        administratorsPath={administratorsPath}
        page={{ ...page, total, noun: (page.all ?? total) === 1 ? "person" : "people", note: `times in ${times.zone}` }}
        filters={reviewFilters}
        views={views}
      />
      <SelectionDialogs actor={actor} selected={selected} search={search} total={total} params={params} path={path} />
      <SavedViewDialogs actor={actor} list="access-review" params={params} dialog={selected.dialog} />
    </>
  );
});
