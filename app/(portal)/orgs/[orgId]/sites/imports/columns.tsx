import { CellLink, CellTime, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { Tag } from "@/components/ui/tag";
import { statusLabels } from "./labels";
import type { SiteImportRow } from "./site-import-row";

export const siteImportColumns = (path: string): Column<SiteImportRow>[] => [
  { key: "list", title: "List", wide: true, cell: ({ id, fileName }) => <CellLink href={`${path}/${id}`}>{fileName}</CellLink>, file: ({ fileName }) => fileName },
  { key: "status", title: "Status", cell: ({ status }) => <Tag kind={statusLabels[status].kind}>{statusLabels[status].label}</Tag>, file: ({ status }) => statusLabels[status].label },
  { key: "rows", title: "Rows", cell: ({ total }) => <LabelledCell label="Rows">{total}</LabelledCell>, file: ({ total }) => total },
  { key: "added", title: "Sites added", cell: ({ added }) => <LabelledCell label="Sites added">{added}</LabelledCell>, file: ({ added }) => added },
  { key: "created", title: "Created", sort: true, cell: ({ started }) => <LabelledCell label="Created"><CellTime time={started} /></LabelledCell>, file: ({ started }) => started.at },
  { key: "by", title: "By", cell: ({ startedBy }) => <LabelledCell label="By">{startedBy}</LabelledCell>, file: ({ startedBy }) => startedBy },
];
