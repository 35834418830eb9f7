import { cells } from "@/components/table/cells";
import type { Column } from "@/components/table/data-table";
import type { Site } from "@/lib/sites/queries";
import { countries } from "@/lib/shared/countries";

export const siteColumns = (orgId: string): Column<Site>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => cells.link(`/orgs/${orgId}/sites/${id}`, name) },
  { key: "country", title: "Country", sort: true, cell: ({ country }) => countries[country] ?? country },
  { key: "timeZone", title: "Time zone", sort: true, cell: ({ timeZone }) => timeZone },
  { key: "address", title: "Address", wide: true, cell: ({ streetAddress }) => streetAddress },
  { key: "groups", title: "Site groups", cell: ({ groups }) => groups.join(", ") },
  { key: "id", title: "Site ID", optional: true, cell: ({ id }) => cells.mono(id) },
];
