import { CellLink } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";

/** A site that the administrator can reach, and what gives the access in words. */
export type SiteAccessRow = { id: string; name: string; through: string };

export const siteAccessColumns = (sitesPath: string): Column<SiteAccessRow>[] => [
  { key: "name", title: "Site", sort: true, cell: ({ id, name }) => <CellLink href={`${sitesPath}/${id}`}>{name}</CellLink> },
  { key: "through", title: "Access through", wide: true, cell: ({ through }) => through },
];
