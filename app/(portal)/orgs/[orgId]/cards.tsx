import { hrefWith } from "@/components/table/url";
import { Histogram } from "@/components/ui/histogram";
import { IconPath } from "@/components/ui/icon-path";
import { triangleAlert } from "@/components/ui/icons";
import { AppLink, TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { Time } from "@/components/ui/time";
import type { ActivityCard, CountCard } from "@/lib/overview/queries";
import { countLimit } from "@/lib/shared/count-limit";
import { pagePath } from "@/lib/shared/menu";
import { activityOf } from "./audit-log/activity";
import type { Times } from "./audit-log/entry-row";

const numbers = new Intl.NumberFormat("en");
const countLabel = (count: number) => (count > countLimit ? `${numbers.format(countLimit)}+` : numbers.format(count));

/** A count that links to the list of what it counts. */
export function CountTile({ orgId, card: { label, path, count, needsAttention } }: { orgId: string; card: CountCard }) {
  return (
    <AppLink className="grid content-between gap-1 rounded-lg border border-line bg-surface px-4 py-3 hover:bg-sunken" href={pagePath(orgId, path)}>
      <span className="flex items-start gap-1.5 text-sm text-muted">
        {label}
        {needsAttention && (
          <span className="mt-0.5 text-warn">
            <IconPath d={triangleAlert} />
            <span className="sr-only">Needs attention</span>
          </span>
        )}
      </span>
      <b className="text-xl font-heading tabular-nums">{countLabel(count)}</b>
    </AppLink>
  );
}

/** The histogram of the past days and the newest entries, each with a link to the log. */
export function ActivityPanel({ orgId, card, times }: { orgId: string; card: ActivityCard; times: Times }) {
  const { bounds, counts, entries } = card.activity;
  const href = pagePath(orgId, card.path);
  const [path = ""] = href.split("?");
  const { bars, axis } = activityOf(bounds, counts, times);
  const linked = bars.map(({ label, count, from, to }) => ({ label, count, href: count > 0 ? hrefWith(path, {}, { period: "range", from, to }) : undefined }));
  return (
    <div className="grid gap-3">
      <div className="mt-2 flex items-baseline gap-3">
        <h2 className="font-semibold">{card.label}</h2>
        <TextLink href={href}>Last 7 days</TextLink>
      </div>
      <Histogram caption="Entries of the last 7 days" bars={linked} axis={axis} />
      {entries.length > 0 && (
        <div className="bg-surface">
          <Rows label="Newest entries">
            {entries.map(({ cursor, at, admin, siteName, message }) => (
              <Row
                key={cursor}
                title={<AppLink className="hover:underline" href={hrefWith(path, {}, { period: "7d", entry: cursor })}>{message}</AppLink>}
                facts={[[admin, siteName ?? "Organization"].filter(Boolean).join(" · ")]}
              >
                <small className="text-sm text-muted tabular-nums"><Time at={at} {...times} /></small>
              </Row>
            ))}
          </Rows>
        </div>
      )}
    </div>
  );
}
