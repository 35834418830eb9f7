import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import { hrefsWith, hrefWith } from "@/components/table/url";
import { Empty } from "@/components/ui/empty";
import { scrollText } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Dialog } from "@/components/ui/dialog";
import { can } from "@/lib/access/actor";
import { getAuditEntry, maxFilterChoices, getAuditLog } from "@/lib/audit/queries";
import { barBounds, type Period, type PeriodName, resolvePeriod } from "@/lib/audit/rules";
import { AuditSearchParams } from "@/lib/audit/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { Activity } from "./activity";
import { addressOf, type Offer, offersOf } from "./address";
import { entryColumns, type Times } from "./columns";
import { Details } from "./details";
import { PeriodMenu } from "./period-menu";

const title = "Audit Logs";

const narrowing = ["period", "admins", "sites"];
const words: Partial<Record<PeriodName, string>> = { today: "today", yesterday: "yesterday", week: "this week" };

export default orgPage({ permission: "audit.read", title, search: AuditSearchParams }, async ({ actor, session, search, query }) => {
  const times = await timeFormat(session);
  const { zone } = times;
  const now = new Date();
  const period = resolvePeriod(search, now, zone);
  const bounds = barBounds(period, zone);
  const [log, entry] = await Promise.all([
    getAuditLog(actor, { ...search, ...period, bounds }),
    search.entry === undefined ? undefined : getAuditEntry(actor, { entry: search.entry }),
  ]);

  const path = `/orgs/${actor.orgId}/audit-log`;
  const address = addressOf(search, query.columns);
  const exports = can(actor, "audit.export");
  return (
    <>
      <PageHeader title={title} help="Who signed in, when, and what they did." />
      <Log log={log} search={search} times={times} now={now} period={period} bounds={bounds} path={path} address={address} exports={exports} />
      {entry && (
        <Dialog title={entry.message} closeHref={hrefWith(path, address, pageOf(search))}>
          <Details entry={entry} times={times} />
        </Dialog>
      )}
    </>
  );
});

type Address = ReturnType<typeof addressOf>;

const pageOf = ({ after, before }: AuditSearchParams) => ({ after, before });

const entryLinks = (path: string, address: Address, search: AuditSearchParams) => {
  const link = hrefsWith(path, address, ["after", "before", "entry"]);
  return (entry: string) => link({ ...pageOf(search), entry });
};

type LogProps = {
  log: Awaited<ReturnType<typeof getAuditLog>>;
  search: AuditSearchParams;
  times: Times;
  now: Date;
  period: Period;
  bounds: Date[];
  path: string;
  address: Address;
  exports: boolean;
};

function Log({ log, search, times, now, period, bounds, path, address, exports }: LogProps) {
  const total = log.bars.reduce((sum, count) => sum + count, 0);
  const place = { params: address, path };
  return (
    <DataTable
      caption={title}
      columns={entryColumns(times, search.period, entryLinks(path, address, search))}
      rows={log.rows}
      {...place}
      cardTitle="message"
      narrowedBy={narrowing}
      search={{ name: "message", label: "Search by Message" }}
      page={{
        next: log.next,
        previous: log.previous,
        about: search.message === "" ? Math.max(total, log.rows.length) : undefined,
        noun: words[search.period] ?? "entries",
        note: `times in ${times.zone}`,
      }}
      filters={
        <>
          <PeriodMenu search={search} period={period} now={now} times={times} {...place} />
          <Who {...offersOf("Admins", log.choices.admins, search.findAdmin)} {...place} />
          <Who {...offersOf("Sites", log.choices.sites, search.findSite)} {...place} />
        </>
      }
      download={exports ? ["csv", "ndjson"].map((format) => download(format, path, address)) : []}
      empty={<NothingToday href={hrefWith(path, address, { period: "7d" })} />}
    >
      <Activity bounds={bounds} counts={log.bars} times={times} link={hrefsWith(path, address, ["period", "date", "from", "to"])} />
    </DataTable>
  );
}

const NothingToday = ({ href }: { href: string }) => (
  <Empty title="Nothing has happened today" icon={scrollText}>
    <p>What people do in this organization appears here as they do it.</p>
    <a className="button" href={href}>Last 7 Days</a>
  </Empty>
);

function Who({ label, name, find, text, options, params, path }: Offer & { params: Address; path: string }) {
  const asks = text !== "" || options.length >= maxFilterChoices;
  return (
    <FilterMenu
      label={label}
      name={name}
      options={options}
      params={asks ? { ...params, [find]: text } : params}
      path={path}
      find={asks ? find : undefined}
    />
  );
}

const download = (format: string, path: string, address: Address) => ({
  label: format.toUpperCase(),
  href: hrefWith(`${path}/download`, address, { format, columns: undefined }),
});
