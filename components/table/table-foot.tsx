import { buttonClass } from "@/components/ui/button";
import { countLimit } from "@/lib/shared/count-limit";
import { hrefWith, type Params } from "./url";

export type TablePage = {
  /** Cursor of the page after this one (`after=`), where there is one. */
  next?: string;
  /** Cursor of the page before this one (`before=`), where there is one. */
  previous?: string;
  /** The total number, counted up to the limit. */
  total?: number;
  /** The total without search and filters, when any are set. */
  all?: number;
  /** Whether the total is an estimate. */
  estimated?: boolean;
  /** Number of the first row, where it is known: 1 on the first page. */
  from?: number;
  /** What is counted, in the plural: "sites". */
  noun?: string;
  /** Text after the count: "times in Europe/Berlin". */
  note?: string;
  /** What the links are called; "Previous" and "Next" by default. */
  labels?: { previous: string; next: string };
};

type TableFootProps = {
  page: TablePage;
  count: number;
  params: Params;
  path: string;
  /** For narrow containers, such as dialogs. */
  compact?: boolean;
};

const numbers = new Intl.NumberFormat("en");

/** The visible range, the total and the links to other pages. */
export function TableFoot({ page, count, params, path, compact = false }: TableFootProps) {
  const { next, previous, labels = { previous: "Previous", next: "Next" } } = page;
  if (count === 0 && !previous && !next && !page.all) return null;
  return (
    <div
      className={`flex flex-wrap items-center justify-between gap-2 text-sm text-muted tabular-nums ${compact ? "pt-3" : "min-h-13 px-gutter pt-2.5 pb-6"}`}
    >
      <span>{countText(page, count)}</span>
      {(previous || next) && (
        <nav className="flex gap-2" aria-label="Pages">
          <Turn label={labels.previous} href={previous && hrefWith(path, params, { before: previous })} rel="prev" />
          <Turn label={labels.next} href={next && hrefWith(path, params, { after: next })} rel="next" />
        </nav>
      )}
    </div>
  );
}

function Turn({ label, href, rel }: { label: string; href?: string; rel: string }) {
  if (!href) return <span className={`${buttonClass("quiet")} text-muted hover:bg-transparent`}>{label}</span>;
  return (
    <a className={buttonClass()} href={href} rel={rel}>
      {label}
    </a>
  );
}

/** "1,240", "about 12,400" or "more than 10,000"; nothing where it is not known. */
export function totalText({ total, estimated }: Pick<TablePage, "total" | "estimated">): string {
  if (total === undefined) return "";
  if (estimated) return `about ${numbers.format(total)}`;
  return total > countLimit ? `more than ${numbers.format(countLimit)}` : numbers.format(total);
}

/** Formats the range: "1–50 of about 12,400 · times in Europe/Berlin" without unknown parts, or "2 of 16 administrators" with filters. */
export function countText(page: TablePage, count: number): string {
  const { next, previous, from, noun, note, all } = page;
  const first = from ?? (previous ? undefined : 1);
  const everything = first === 1 && !next;
  const range = first === undefined || everything ? numbers.format(count) : `${first}–${first + count - 1}`;
  const inAll = totalText({ total: all });
  const total = everything ? inAll : totalText(page);
  const of = total && ` of ${total}`;
  const matching = !everything && inAll ? ` that match, of ${inAll}` : "";
  return `${range}${of}${matching}${noun ? ` ${noun}` : ""}${note ? ` · ${note}` : ""}`;
}
