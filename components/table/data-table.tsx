import type { ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import { IconPath } from "@/components/ui/icon-path";
import { arrowDown, arrowUp, search } from "@/components/ui/icons";
import { type Html, html, htmlOf } from "@/components/ui/html";
import { Markup } from "@/components/ui/markup";
import { TableFoot, type TablePage } from "./table-foot";
import { type Download, TableTools } from "./table-tools";
import { entriesOf, hrefWith, listOf, oneOf, type Params, sortOf } from "./url";

export type Column<Row> = {
  key: string;
  title: string;
  sort?: boolean;
  /** Hidden unless chosen in the columns menu. */
  optional?: boolean;
  /** Takes the width that is left and may wrap. */
  wide?: boolean;
  cell: (row: Row) => Html | string | null;
};

type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  params: Params;
  path: string;
  page?: TablePage;
  empty: ReactNode;
  search?: { name: string; label: string };
  filters?: ReactNode;
  /** Parameters besides the search that narrow the list: with one of them set there is something to reset. */
  narrowedBy?: readonly string[];
  download?: readonly Download[];
  /** A list so plain that nothing is searched, chosen or downloaded. */
  bare?: boolean;
  /** The order when the address names none, as in the address: `name` or `-at`. */
  sort?: string;
  /** The column that titles a row's card on a phone; the first unless said. */
  cardTitle?: string;
  rowId?: (row: Row) => string;
  /** Stands between the tools and the table, a histogram for instance. */
  children?: ReactNode;
};

/** A list whose whole state is its address: sorted, searched, filtered and paged by links and plain forms. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, params, path, page = {}, empty, sort = "", children } = props;
  const [first, ...others] = columns;
  const chosen = listOf(params, "columns");
  const shown = columns.filter(({ key, optional }) => key === first?.key || (chosen ? chosen.includes(key) : !optional));
  const sortable = columns.filter((column) => column.sort).map(({ key }) => key);
  const order = sortOf(oneOf(params, "sort"), sortable) ?? sortOf(sort, sortable);
  const narrowing = new Set([props.search?.name, ...(props.narrowedBy ?? [])]);
  const filtered = entriesOf(params).some(([name]) => narrowing.has(name));
  const at = (test: (column: Column<Row>) => boolean | undefined) => shown.findIndex(test) + 1;
  const title = at(({ key }) => key === props.cardTitle) || 1;

  return (
    <div className="listing" data-keep-scroll="">
      {!props.bare && (
        <TableTools
          params={params}
          path={path}
          search={props.search}
          filters={props.filters}
          columns={others.map(({ key, title: text }) => ({ key, title: text, shown: shown.some((one) => one.key === key) }))}
          always={first?.key ?? ""}
          download={props.download}
          filtered={filtered}
        />
      )}
      {children}
      {rows.length === 0 ? (
        <Nothing filtered={filtered} path={path} empty={empty} />
      ) : (
        <div className="card list">
          <Markup as="table" className={`title-${title} wide-${at(({ wide }) => wide) || title}`} html={tableOf(props, shown, order)} />
        </div>
      )}
      <TableFoot page={page} count={rows.length} params={params} path={path} />
    </div>
  );
}

function tableOf<Row>({ caption, rows, rowId, path, params }: DataTableProps<Row>, shown: readonly Column<Row>[], order?: Order): Html {
  const headings = shown.map(({ key, title, sort }) => (
    <Heading key={key} name={key} text={title} order={order} link={sort ? { path, params } : undefined} />
  ));
  return html`<caption class="sr-only">${caption}</caption><thead>${htmlOf(<tr>{headings}</tr>)}</thead><tbody>${bodyOf(shown, rows, rowId)}</tbody>`;
}

function bodyOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], rowId?: (row: Row) => string): Html {
  const lines = rows.map((row) => {
    const line = columns.map(({ cell }) => cellOf(cell(row)));
    return rowId ? html`<tr id="${rowId(row)}">${line}</tr>` : html`<tr>${line}</tr>`;
  });
  return html`${lines}`;
}

// What a narrow column may cut off is told in full to who points at it.
const cellOf = (content: Html | string | null): Html =>
  typeof content === "string" && content.length > 40 ? html`<td title="${content}">${content}</td>` : html`<td>${content}</td>`;

function Nothing({ filtered, path, empty }: { filtered: boolean; path: string; empty: ReactNode }) {
  if (!filtered) return empty;
  return (
    <Empty title="Nothing matches" icon={search}>
      <p>No entry fits the search and the filters that are set.</p>
      <a className="button" href={path}>
        Reset
      </a>
    </Empty>
  );
}

type Order = { key: string; descending: boolean };
type HeadingProps = { name: string; text: string; order?: Order; link?: { path: string; params: Params } };

function Heading({ name, text, order, link }: HeadingProps) {
  if (!link) return <th scope="col">{text === "" ? <span className="sr-only">Actions</span> : text}</th>;
  const current = order?.key === name ? order : undefined;
  const next = current && !current.descending ? `-${name}` : name;
  return (
    <th scope="col" aria-sort={current ? (current.descending ? "descending" : "ascending") : undefined}>
      <a href={hrefWith(link.path, link.params, { sort: next })}>
        {text}
        {current && <IconPath d={current.descending ? arrowDown : arrowUp} />}
      </a>
    </th>
  );
}
