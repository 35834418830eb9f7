import { type ReactNode, use } from "react";
import { buttonClass } from "@/components/ui/button";
import { optionLabel } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { columns as columnsIcon, download as downloadIcon } from "@/components/ui/icons";
import { Menu, toolButton } from "@/components/ui/menu";
import { visibleColumns } from "./columns";
import { HiddenParams } from "./hidden-params";
import { ReadOnlyContext } from "./read-only";
import { SearchForm } from "./search-form";
import { hrefWith, type Params } from "./url";
import { ViewsMenu, type ViewsMenuProps } from "./views-menu";

const formatLabels = { csv: "CSV", ndjson: "NDJSON", json: "JSON", nftables: "nftables", addresses: "Address script for nftables" };

export type DownloadFormat = keyof typeof formatLabels;

type ListedColumn = { key: string; title: string; optional?: boolean };

type TableToolsProps = {
  params: Params;
  path: string;
  search?: { name: string; label: string };
  filters?: ReactNode;
  columns: readonly ListedColumn[];
  download?: readonly DownloadFormat[];
  filtered: boolean;
  /** Where Reset leads, if not to the path. */
  resetHref?: string;
  views?: ViewsMenuProps;
};

/** The row above a table: filters, search, columns, download. */
export function TableTools({ params, path, search, filters, columns, download = [], filtered, resetHref = path, views }: TableToolsProps) {
  const isReadOnly = use(ReadOnlyContext);
  return (
    <div className="group/tools flex flex-wrap items-center gap-2 px-gutter pb-3 print:hidden">
      {filters}
      {search && (
        <SearchForm
          {...search}
          params={params}
          path={path}
          className="max-w-70 flex-auto basis-45 max-sm:-order-2 max-sm:max-w-none max-sm:basis-[calc(100%-96px)]"
        />
      )}
      {filtered && (
        <a className={buttonClass("quiet")} href={resetHref}>
          Reset
        </a>
      )}
      {views && !isReadOnly && <ViewsMenu {...views} />}
      <span className="ms-auto flex gap-2 max-sm:contents">
        {columns.length > 2 && <ColumnsMenu params={params} path={path} columns={columns} />}
        <Downloads params={params} path={path} formats={isReadOnly ? [] : download} />
      </span>
    </div>
  );
}

function ColumnsMenu({ params, path, columns: [first, ...others] }: Pick<TableToolsProps, "params" | "path" | "columns">) {
  const visible = new Set(visibleColumns(first ? [first, ...others] : [], params));
  return (
    <Menu id="columns-menu" label="Columns" icon={columnsIcon} align="end" variant="tool">
      <form action={path} data-autosubmit="">
        <HiddenParams params={params} without={["columns"]} />
        <input type="hidden" name="columns" value={first?.key} />
        <fieldset className="my-1 max-h-74 overflow-auto">
          <legend className="sr-only">Columns shown</legend>
          {others.map((column) => (
            <label key={column.key} className={optionLabel}>
              <input type="checkbox" name="columns" value={column.key} defaultChecked={visible.has(column)} />
              {column.title || "Actions"}
            </label>
          ))}
        </fieldset>
        <button className={`${buttonClass("primary")} script-off`}>Apply</button>
      </form>
    </Menu>
  );
}

type DownloadsProps = { params: Params; path: string; formats: readonly DownloadFormat[] };

/** Links that download the filtered list in the order and with the columns of the page. */
function Downloads({ params, path, formats }: DownloadsProps) {
  const href = (format?: DownloadFormat) => hrefWith(`${path}/download`, params, { format });
  const [only, ...more] = formats;
  if (!only) return null;
  if (more.length === 0) {
    return (
      <a className={toolButton} href={href()} download="">
        <IconPath d={downloadIcon} />
        <span>{formatLabels[only]}</span>
      </a>
    );
  }
  return (
    <Menu id="download-menu" label="Download" icon={downloadIcon} align="end" variant="tool">
      {formats.map((format) => (
        <a key={format} href={href(format)} download="">
          {formatLabels[format]}
        </a>
      ))}
    </Menu>
  );
}
