import { hrefWith, oneOf } from "@/components/table/url";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getAuditEntry, getAuditLog } from "@/lib/audit/queries";
import { barBounds, type PeriodName, resolvePeriod } from "@/lib/audit/rules";
import { AuditSearchParams } from "@/lib/audit/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { activityOf } from "./activity";
import { addressOf, offerOf } from "./address";
import { Details } from "./details";
import { EntryList } from "./entry-list";
import { toEntryRow } from "./entry-row";
import { periodOptions } from "./period-options";

const title = "Audit Logs";

const nouns: Partial<Record<PeriodName, string>> = { today: "today", yesterday: "yesterday", week: "this week" };

export default orgPage({ permission: "audit.read", title, search: AuditSearchParams }, async ({ actor, session, search, query }) => {
  const times = await timeFormat(session);
  const now = new Date();
  const period = resolvePeriod(search, now, times.zone);
  const bounds = barBounds(period, times.zone);
  const address = addressOf(search, query.columns);
  const [{ rows, bars, choices, next, previous }, views, entry] = await Promise.all([
    getAuditLog(actor, { ...search, ...period, bounds }),
    viewsMenuOf(actor, "audit-log", address),
    search.entry === undefined ? undefined : getAuditEntry(actor, { entry: search.entry }),
  ]);

  const path = `/orgs/${actor.orgId}/audit-log`;
  const cursor = { after: search.after, before: search.before };
  const total = Math.max(rows.length, bars.reduce((sum, count) => sum + count, 0));
  return (
    <>
      <PageHeader title={title} help="Who signed in, when, and what they did." />
      <EntryList
        rows={rows.map((row) => toEntryRow(row, times, search.period))}
        params={address}
        path={path}
        cursor={cursor}
        page={{ next, previous, total: search.message === "" ? total : undefined, estimated: true, noun: nouns[search.period] ?? "entries", note: `times in ${times.zone}` }}
        period={periodOptions(search.period, period, now, times)}
        offers={[offerOf("Admin", choices.admins, search.findAdmin), offerOf("Site", choices.sites, search.findSite)]}
        activity={activityOf(bounds, bars, times)}
        views={views}
        exports={can(actor, "audit.export")}
      />
      {entry && (
        <Dialog title={entry.message} closeHref={hrefWith(path, address, cursor)}>
          <Details entry={entry} times={times} />
        </Dialog>
      )}
      <SavedViewDialogs actor={actor} list="audit-log" params={address} dialog={oneOf(query, "dialog")} />
    </>
  );
});
