"use client";

import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { IconPath } from "@/components/ui/icon-path";
import { arrowDown, arrowUp, search as searchIcon } from "@/components/ui/icons";
import { hoverText } from "./cells";
import { type Column, visibleColumns } from "./columns";
import type { Selected } from "./selection";
import { type SelectionAction, SelectionBar, selectionForm } from "./selection-bar";
import { SoftNavigation } from "./soft-navigation";
import { TableFoot, type TablePage } from "./table-foot";
import { type DownloadFormat, TableTools } from "./table-tools";
import { entriesOf, hrefWith, oneOf, type Params, sortOf } from "./url";
import type { ViewsMenuProps } from "./views-menu";
import { type Selection, useSelection } from "./use-selection";

type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row, never>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  params: Params;
  path: string;
  page?: TablePage;
  empty: ReactNode;
  search?: { name: string; label: string };
  filters?: ReactNode;
  /** Filter parameters besides the search; with one of them set, Reset is offered. */
  narrowedBy?: readonly string[];
  /** The saved views of this list. */
  views?: ViewsMenuProps;
  /** The formats in which the filtered list can be downloaded. */
  download?: readonly DownloadFormat[];
  /** Without search, column menu and download. */
  bare?: boolean;
  /** The default order, as in the address: `name` or `-at`. */
  sort?: string;
  /** The column that is the title of a row's card on phones; by default the first. */
  cardTitle?: string;
  /** The bulk actions, the selection, and the name of a row. */
  selection?: { actions: readonly SelectionAction[]; selected: Selected; name: (row: Row) => string };
  /** Content between the tools and the table, such as a histogram. */
  children?: ReactNode;
};

/** A list whose state is its address: links and GET forms sort, search, filter and page it. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return (
    <SoftNavigation address={hrefWith(props.path, props.params, {})}>
      <TableContent {...props} />
    </SoftNavigation>
  );
}

/** The content of a list, without navigation. */
export function TableContent<Row>(props: DataTableProps<Row>) {
  const { columns, rows, params, path, page = {}, children } = props;
  const keys = rows.map(props.rowKey);
  const selection = useSelection(JSON.stringify([params, props.selection?.selected]), keys, props.selection?.selected);
  const actions = props.selection?.actions ?? [];
  const selectable = actions.length > 0 ? selection : undefined;
  const narrowing = new Set([props.search?.name, ...(props.narrowedBy ?? [])]);
  const filtered = entriesOf(params).some(([name]) => narrowing.has(name));
  return (
    <>
      {!props.bare && <TableTools {...props} filtered={filtered} />}
      {children}
      {rows.length === 0 ? (
        <NoRows filtered={filtered} path={path} empty={props.empty} />
      ) : (
        <div className="list rounded-lg border border-line bg-surface">
          <table>
            <caption className="sr-only">{props.caption}</caption>
            <TableHead {...props} columns={visibleColumns(columns, params)} selectable={selectable} />
            <TableBody {...props} columns={visibleColumns(columns, params)} selectable={selectable} />
          </table>
        </div>
      )}
      {selectable && rows.length > 0 && <SelectionBar selection={selection} actions={actions} page={page} params={params} path={path} />}
      <TableFoot page={page} count={rows.length} params={params} path={path} />
    </>
  );
}

type TablePartProps<Row> = DataTableProps<Row> & { selectable?: Selection };

function TableHead<Row>({ columns, rows, path, params, sort = "", selectable }: TablePartProps<Row>) {
  const sortable = columns.filter((column) => column.sort).map(({ key }) => key);
  const order = sortOf(oneOf(params, "sort"), sortable) ?? sortOf(sort, sortable);
  return (
    <thead>
      <tr>
        {selectable && (
          <th scope="col" className="tick">
            <label className="script-on">
              <input
                type="checkbox"
                aria-label="Select all rows of this page"
                checked={selectable.ticked.size === rows.length}
                disabled={selectable.all}
                onChange={selectable.togglePage}
              />
            </label>
            <span className="sr-only script-off">Select</span>
          </th>
        )}
        {columns.map(({ key, title, sort: sorts }) => {
          if (!sorts) return <th key={key} scope="col">{title === "" ? <span className="sr-only">Actions</span> : title}</th>;
          const current = order?.key === key ? order : undefined;
          const next = current && !current.descending ? `-${key}` : key;
          return (
            <th key={key} scope="col" aria-sort={current && (current.descending ? "descending" : "ascending")}>
              <a href={hrefWith(path, params, { sort: next })}>
                {title}
                {current && <IconPath d={current.descending ? arrowDown : arrowUp} />}
              </a>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function TableBody<Row>({ columns, rows, rowKey, selection, selectable, cardTitle = columns[0]?.key }: TablePartProps<Row>) {
  const widest = columns.find(({ wide }) => wide)?.key ?? cardTitle;
  const classes = columns.map(({ key }) => [key === cardTitle && "lead", key === widest && "wide"].filter(Boolean).join(" ") || undefined);
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={rowKey(row)}>
          {selectable && selection && <TickCell id={rowKey(row)} name={selection.name(row)} selectable={selectable} />}
          {columns.map(({ key, cell }, index) => {
            const content = cell(row);
            return (
              <td key={key} className={classes[index]} title={typeof content === "string" ? hoverText(content) : undefined}>
                {content}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

function TickCell({ id, name, selectable: { ticked, all, toggle } }: { id: string; name: string; selectable: Selection }) {
  return (
    <td className="tick">
      <label>
        <input
          type="checkbox"
          name="ids"
          value={id}
          form={selectionForm}
          aria-label={`Select ${name}`}
          checked={ticked.has(id)}
          disabled={all}
          onChange={() => toggle(id)}
        />
      </label>
    </td>
  );
}

function NoRows({ filtered, path, empty }: { filtered: boolean; path: string; empty: ReactNode }) {
  if (!filtered) return empty;
  return (
    <Empty title="No results" icon={searchIcon}>
      <p>Nothing matches your search and filters.</p>
      <a className={buttonClass()} href={path}>
        Reset
      </a>
    </Empty>
  );
}
