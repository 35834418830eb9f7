import type { ReactNode } from "react";
import { listOf, type Params } from "./url";

/** The value of a cell in a file. */
export type FileValue = string | number | boolean | null | undefined;

type FileCell<Row> = (row: Row) => FileValue;

/** A column of a list, on the page and in its file. */
export type Column<Row, FileRow extends Row = Row> = {
  key: string;
  title: string;
  sort?: boolean;
  /** Hidden unless chosen in the columns menu. */
  optional?: boolean;
  /** Takes the remaining width and may wrap. */
  wide?: boolean;
  cell: (row: Row) => ReactNode;
  /** The value in the file, or several values by their headings. */
  file?: FileCell<FileRow> | Record<string, FileCell<FileRow>>;
};

type Choice = { key: string; optional?: boolean };

/** The chosen columns, always with the first; without a choice all that are not optional. */
export function visibleColumns<C extends Choice>(columns: readonly C[], params: Params): C[] {
  const chosen = listOf(params, "columns");
  return columns.filter(({ key, optional }, index) => index === 0 || (chosen ? chosen.includes(key) : !optional));
}

/** The headings and values of a file: the columns that the page shows, each heading once. */
export function fileColumns<Row, FileRow extends Row>(columns: readonly Column<Row, FileRow>[], params: Params) {
  const values = new Map<string, FileCell<FileRow>>();
  for (const { title, file = {} } of visibleColumns(columns, params)) {
    for (const [heading, value] of Object.entries(typeof file === "function" ? { [title]: file } : file)) {
      if (!values.has(heading)) values.set(heading, value);
    }
  }
  return [...values].map(([title, value]) => ({ title, value }));
}
