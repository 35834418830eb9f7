import { CellLink, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { Tag } from "@/components/ui/tag";
import type { ImportedRow } from "./imported-row";

export const importedColumns = (sitesPath: string): Column<ImportedRow>[] => [
  { key: "line", title: "Line", cell: ({ line }) => <LabelledCell label="Line">{line}</LabelledCell> },
  { key: "name", title: "Name", cell: ({ name, siteId }) => (siteId ? <CellLink href={`${sitesPath}/${siteId}`}>{name}</CellLink> : name) },
  { key: "result", title: "Result", cell: ({ result: { label, kind } }) => <Tag kind={kind}>{label}</Tag> },
  { key: "reason", title: "Reason", wide: true, cell: ({ text }) => text },
  { key: "country", title: "Country", cell: ({ country }) => country },
  { key: "timeZone", title: "Time zone", cell: ({ timeZone }) => timeZone },
  { key: "address", title: "Address", cell: ({ address }) => address },
  { key: "location", title: "Location", cell: ({ location }) => location },
  { key: "groups", title: "Site groups", cell: ({ groups }) => groups },
  { key: "notes", title: "Notes", optional: true, cell: ({ notes }) => notes },
];
