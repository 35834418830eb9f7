import { Drawn } from "@/components/ui/markup";
import { hrefWith, type Params } from "./url";

export type TablePage = {
  /** Cursor of the page after this one (`after=`), where there is one. */
  next?: string;
  /** Cursor of the page before this one (`before=`), where there is one. */
  previous?: string;
  /** How many there are altogether, about. */
  about?: number | string;
  /** Number of the first row, where it is known: 1 on the first page. */
  from?: number;
  /** What is counted, in the plural: "sites". */
  noun?: string;
  /** Words after the count: "times in Europe/Berlin". */
  note?: string;
  labels?: { previous: string; next: string };
};

type TableFootProps = { page: TablePage; count: number; params: Params; path: string };

const numbers = new Intl.NumberFormat("en");

/** How much is shown of how much, and the way to the rest. */
export function TableFoot({ page, count, params, path }: TableFootProps) {
  const { next, previous, labels = { previous: "Newer", next: "Older" } } = page;
  if (count === 0 && !previous && !next) return null;
  return (
    <Drawn as="div" className="table-foot">
      <span>{countText(page, count)}</span>
      {(previous || next) && (
        <nav aria-label="Pages">
          <Turn label={labels.previous} href={previous && hrefWith(path, params, { before: previous })} rel="prev" />
          <Turn label={labels.next} href={next && hrefWith(path, params, { after: next })} rel="next" />
        </nav>
      )}
    </Drawn>
  );
}

function Turn({ label, href, rel }: { label: string; href?: string; rel: string }) {
  if (!href) return <span className="button quiet off">{label}</span>;
  return (
    <a className="button" href={href} rel={rel}>
      {label}
    </a>
  );
}

/** "1–50 of about 12,400 · times in Europe/Berlin", saying only what is known. */
export function countText({ next, previous, about, from, noun, note }: TablePage, count: number): string {
  const first = from ?? (previous ? undefined : 1);
  const everything = first === 1 && !next;
  const range = first === undefined || everything ? numbers.format(count) : `${first}–${first + count - 1}`;
  const total = typeof about === "number" ? numbers.format(about) : about;
  const of = everything || total === undefined ? "" : ` of about ${total}`;
  return `${range}${of}${noun ? ` ${noun}` : ""}${note ? ` · ${note}` : ""}`;
}
