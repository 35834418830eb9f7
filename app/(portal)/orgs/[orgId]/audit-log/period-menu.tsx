import type { ReactNode } from "react";
import { Kept } from "@/components/table/kept";
import { hrefWith, type Params } from "@/components/table/url";
import { IconPath } from "@/components/ui/icon-path";
import { calendar, check, chevronDown } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { momentText } from "@/components/ui/moment";
import { inputLimits, type Period, type PeriodName, periodLabels } from "@/lib/audit/rules";
import type { AuditSearchParams } from "@/lib/audit/schema";
import { toDateInputValue, toDateTimeInputValue } from "@/lib/shared/time-zone";
import type { Times } from "./columns";

const links: readonly PeriodName[] = ["60m", "24h", "7d", "today", "yesterday", "week"];
const own = ["period", "date", "from", "to"];

type PeriodMenuProps = { search: AuditSearchParams; period: Period; now: Date; times: Times; params: Params; path: string };

/** The time period: the usual ones as links, a date and a range as forms of their own. */
export function PeriodMenu(props: PeriodMenuProps) {
  const { search, period, times, params, path } = props;
  const none = { date: undefined, from: undefined, to: undefined };
  return (
    <Menu
      id="period"
      label="Time period"
      value={valueOf(search.period, period, times)}
      only="value"
      icon={calendar}
      on={search.period !== "today"}
    >
      {links.map((choice) => (
        <a
          key={choice}
          href={hrefWith(path, params, { ...none, period: choice === "today" ? undefined : choice })}
          aria-current={search.period === choice ? "true" : undefined}
        >
          {periodLabels[choice]}
          {search.period === choice && <IconPath d={check} />}
        </a>
      ))}
      <CustomForms {...props} />
    </Menu>
  );
}

function valueOf(choice: PeriodName, { from, to }: Period, times: Times): string {
  if (choice === "date") return momentText(from, { ...times, shown: "date" });
  if (choice !== "range") return periodLabels[choice];
  const [start, end] = [momentText(from, times), momentText(to, times)];
  const [[day = ""], [last = "", time = ""]] = [start.split(", "), end.split(", ")];
  return `${start} to ${day === last ? time : end}`;
}

function CustomForms({ search, period, now, times: { zone }, params, path }: PeriodMenuProps) {
  const { firstDate, lastDate, firstTime, lastTime } = inputLimits(now, zone);
  const day = { type: "date", className: "input", min: firstDate, max: lastDate, required: true };
  const moment = { type: "datetime-local", className: "input", min: firstTime, max: lastTime, required: true };
  const custom = { current: search.period, params, path };
  return (
    <>
      <Custom choice="date" {...custom}>
        <label className="grid gap-1">
          Date
          <input {...day} name="date" defaultValue={toDateInputValue(period.from, zone)} />
        </label>
      </Custom>
      <Custom choice="range" {...custom}>
        <label className="grid gap-1">
          Start
          <input {...moment} name="from" defaultValue={toDateTimeInputValue(period.from, zone)} />
        </label>
        <label className="grid gap-1">
          End
          <input {...moment} name="to" defaultValue={toDateTimeInputValue(period.to, zone)} />
        </label>
      </Custom>
    </>
  );
}

type CustomProps = { choice: "date" | "range"; current: PeriodName; params: Params; path: string; children: ReactNode };

function Custom({ choice, current, params, path, children }: CustomProps) {
  return (
    <details name="custom-period" open={current === choice}>
      <summary className="item">
        {periodLabels[choice]}
        <IconPath d={current === choice ? check : chevronDown} />
      </summary>
      <form action={path} className="grid gap-2 p-2" aria-label={periodLabels[choice]}>
        <Kept params={params} without={own} />
        <input type="hidden" name="period" value={choice} />
        {children}
        <button className="button primary">Apply</button>
      </form>
    </details>
  );
}
