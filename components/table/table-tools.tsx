import type { ReactNode } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { columns as columnsIcon, download as downloadIcon, search as searchIcon } from "@/components/ui/icons";
import { Drawn } from "@/components/ui/markup";
import { Menu } from "@/components/ui/menu";
import { Kept } from "./kept";
import { oneOf, type Params } from "./url";

export type Download = { label: string; href: string };

type TableToolsProps = {
  params: Params;
  path: string;
  search?: { name: string; label: string };
  filters?: ReactNode;
  columns: readonly { key: string; title: string; shown: boolean }[];
  always: string;
  download?: readonly Download[];
  filtered: boolean;
};

/** The row above a table: filters, search, columns, download. */
export function TableTools({ params, path, search, filters, columns, always, download, filtered }: TableToolsProps) {
  return (
    <Drawn as="div" className="tools">
      {filters}
      {search && (
        <form className="search" role="search" action={path}>
          <IconPath d={searchIcon} />
          <Kept params={params} without={[search.name]} />
          <input
            type="search"
            name={search.name}
            aria-label={search.label}
            placeholder={search.label}
            defaultValue={oneOf(params, search.name)}
            maxLength={200}
            autoComplete="off"
            data-live=""
          />
        </form>
      )}
      {filtered && (
        <a className="button quiet" href={path}>
          Reset
        </a>
      )}
      <span className="grow" />
      {columns.length > 1 && <ColumnsMenu params={params} path={path} columns={columns} always={always} />}
      {download && download.length > 0 && <DownloadMenu download={download} />}
    </Drawn>
  );
}

function ColumnsMenu({ params, path, columns, always }: Pick<TableToolsProps, "params" | "path" | "columns" | "always">) {
  return (
    <Menu id="columns-menu" label="Columns" icon={columnsIcon} align="end" variant="tool">
      <form action={path} data-live="">
        <Kept params={params} without={["columns"]} />
        <input type="hidden" name="columns" value={always} />
        <fieldset className="checks">
          <legend className="sr-only">Columns shown</legend>
          {columns.map(({ key, title, shown }) => (
            <label key={key}>
              <input type="checkbox" name="columns" value={key} defaultChecked={shown} />
              {title || "Actions"}
            </label>
          ))}
        </fieldset>
        <button className="button primary script-off">Apply</button>
      </form>
    </Menu>
  );
}

function DownloadMenu({ download }: { download: readonly Download[] }) {
  const [only, ...more] = download;
  if (only && more.length === 0) {
    return (
      <a className="button chip tool" href={only.href} download="">
        <IconPath d={downloadIcon} />
        <span>{only.label}</span>
      </a>
    );
  }
  return (
    <Menu id="download-menu" label="Download" icon={downloadIcon} align="end" variant="tool">
      {download.map(({ label, href }) => (
        <a key={href} href={href} download="">
          {label}
        </a>
      ))}
    </Menu>
  );
}
