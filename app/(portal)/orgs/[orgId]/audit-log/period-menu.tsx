import { Kept } from "@/components/table/kept";
import { hrefWith, type Params } from "@/components/table/url";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { inputBounds, type Period, type PeriodChoice, periodLabels } from "@/lib/audit/rules";
import type { AuditSearch } from "@/lib/audit/schema";
import { dateText, dateTimeText } from "@/lib/vocabulary/zone";

const links: readonly PeriodChoice[] = ["60m", "24h", "7d", "today", "yesterday", "week"];
const own = ["period", "date", "from", "to"];

type PeriodMenuProps = { search: AuditSearch; period: Period; now: Date; zone: string; params: Params; path: string };

/** The time period: the usual ones as links, a date and a range as forms of their own. */
export function PeriodMenu({ search, period, now, zone, params, path }: PeriodMenuProps) {
  const none = { date: undefined, from: undefined, to: undefined };
  return (
    <Menu
      id="period"
      label="Time period"
      value={valueOf(search.period, period, zone)}
      only="value"
      icon="calendar"
      on={search.period !== "today"}
    >
      {links.map((choice) => (
        <a
          key={choice}
          href={hrefWith(path, params, { ...none, period: choice === "today" ? undefined : choice })}
          aria-current={search.period === choice ? "true" : undefined}
        >
          {periodLabels[choice]}
          {search.period === choice && <Icon name="check" />}
        </a>
      ))}
      <hr />
      <CustomForms period={period} now={now} zone={zone} params={params} path={path} />
    </Menu>
  );
}

function valueOf(choice: PeriodChoice, { from, to }: Period, zone: string): string {
  if (choice === "date") return dateText(from, zone);
  if (choice !== "range") return periodLabels[choice];
  return `${dateTimeText(from, zone)} to ${dateTimeText(to, zone)}`.replaceAll("T", " ");
}

function CustomForms({ period, now, zone, params, path }: Omit<PeriodMenuProps, "search">) {
  const { firstDate, lastDate, firstTime, lastTime } = inputBounds(now, zone);
  const day = { type: "date", className: "input", min: firstDate, max: lastDate, required: true };
  const moment = { type: "datetime-local", className: "input", min: firstTime, max: lastTime, required: true };
  return (
    <>
      <form action={path} className="grid gap-2 p-2" aria-label={periodLabels.date}>
        <Kept params={params} without={own} />
        <input type="hidden" name="period" value="date" />
        <label className="grid gap-1">
          {periodLabels.date}
          <input {...day} name="date" defaultValue={dateText(period.from, zone)} />
        </label>
        <button className="button primary">Apply</button>
      </form>
      <hr />
      <form action={path} className="grid gap-2 p-2" aria-label={periodLabels.range}>
        <Kept params={params} without={own} />
        <input type="hidden" name="period" value="range" />
        <b className="font-medium">{periodLabels.range}</b>
        <label className="grid gap-1">
          Start
          <input {...moment} name="from" defaultValue={dateTimeText(period.from, zone)} />
        </label>
        <label className="grid gap-1">
          End
          <input {...moment} name="to" defaultValue={dateTimeText(period.to, zone)} />
        </label>
        <button className="button primary">Apply</button>
      </form>
    </>
  );
}
