import { CellLink, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { SiteGroup } from "@/lib/site-groups/queries";

export const siteGroupColumns = (path: string): Column<SiteGroup>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => <CellLink href={`${path}/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  { key: "sites", title: "Sites", cell: ({ sites }) => <LabelledCell label="Sites">{sites}</LabelledCell>, file: ({ sites }) => sites },
  { key: "administrators", title: "Administrators", cell: ({ administrators }) => <LabelledCell label="Administrators">{administrators}</LabelledCell>, file: ({ administrators }) => administrators },
  { key: "id", title: "Site Group ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];
