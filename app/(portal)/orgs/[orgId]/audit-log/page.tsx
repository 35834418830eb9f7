import { hrefWith, oneOf } from "@/components/table/url";
import { LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getAuditEntry, getAuditLog } from "@/lib/audit/queries";
import { axisPeriod, barBounds, limitExceeded, maxPeriodDays, type PeriodName, resolvePeriod } from "@/lib/audit/rules";
import { AuditSearchParams } from "@/lib/audit/schema";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { activityOf } from "./activity";
import { listParams, filterMenuOptions } from "./list-params";
import { Details } from "./details";
import { EntryList } from "./entry-list";
import { toEntryRow } from "./entry-row";
import { periodOptions } from "./period-options";
import { VerifyDialog } from "./verify-dialog";

const title = "Audit Logs";

const when: Partial<Record<PeriodName, string>> = { today: " today", yesterday: " yesterday", week: " this week" };

export default orgPage({ permission: "audit.read", title, search: AuditSearchParams }, async ({ actor, session, search, query }) => {
  const times = await timeFormat(session);
  const now = new Date();
  const period = resolvePeriod(search, now, times.zone);
  const bounds = barBounds(axisPeriod(search.period, period, times.zone), times.zone);
  const oldest = limitExceeded(search, now, times.zone);
  const params = listParams(search, query.columns);
  const [{ rows, bars, choices, next, previous }, views, entry] = await Promise.all([
    getAuditLog(actor, { ...search, ...period, bounds }),
    viewsMenuOf(actor, "audit-log", params),
    search.entry === undefined ? undefined : getAuditEntry(actor, { entry: search.entry }),
  ]);

  const dialog = oneOf(query, "dialog");
  const path = `/orgs/${actor.orgId}/audit-log`;
  const cursor = { after: search.after, before: search.before };
  const total = Math.max(rows.length, bars.reduce((sum, count) => sum + count, 0));
  return (
    <>
      <PageHeader title={title} help="Who signed in, when, and what they did.">
        {can(actor, "audit.verify") && <LinkButton href={hrefWith(path, params, { ...cursor, dialog: "verify" })}>Verify</LinkButton>}
      </PageHeader>
      <EntryList
        rows={rows.map((row) => toEntryRow(row, times, search.period))}
        params={params}
        path={path}
        cursor={cursor}
        page={{ next, previous, total: search.message === "" ? total : undefined, estimated: true, noun: `${total === 1 ? "entry" : "entries"}${when[search.period] ?? ""}`, note: `times in ${times.zone}` }}
        period={periodOptions(search.period, period, now, times)}
        filters={[filterMenuOptions("Admin", choices.admins, search.findAdmin), filterMenuOptions("Site", choices.sites, search.findSite)]}
        activity={activityOf(bounds, bars, times)}
        isMessageSearched={search.message !== ""}
        notice={oldest && `Audit Logs go back ${maxPeriodDays} days. Your period starts earlier, so the list begins on ${formatDateTime(oldest, { ...times, shown: "date" })}.`}
        views={views}
        exports={can(actor, "audit.export")}
      />
      {entry && (
        <Dialog title={entry.message} closeHref={hrefWith(path, params, cursor)}>
          <Details entry={entry} times={times} />
        </Dialog>
      )}
      {dialog === "verify" && can(actor, "audit.verify") && <VerifyDialog actor={actor} path={path} closeHref={hrefWith(path, params, cursor)} times={times} />}
      <SavedViewDialogs actor={actor} list="audit-log" params={params} dialog={dialog} />
    </>
  );
});
