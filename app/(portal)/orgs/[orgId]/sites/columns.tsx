import { CellLink } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { SiteRow } from "./site-row";

export const siteColumns = (path: string): Column<SiteRow>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => <CellLink href={`${path}/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  { key: "country", title: "Country", sort: true, cell: ({ country }) => country, file: ({ country }) => country },
  { key: "timeZone", title: "Time zone", sort: true, cell: ({ timeZone }) => timeZone, file: ({ timeZone }) => timeZone },
  { key: "address", title: "Address", wide: true, cell: ({ address }) => address, file: ({ address }) => address },
  { key: "groups", title: "Site groups", cell: ({ groups }) => groups, file: ({ groups }) => groups },
  { key: "rfTemplate", title: "RF template", optional: true, cell: ({ rfTemplate }) => rfTemplate, file: ({ rfTemplate }) => rfTemplate },
  { key: "id", title: "Site ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];
