import { CellLink, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { deviceTypes, type TemplateList } from "./kinds";

/** A row of a list of templates and its file. */
export type TemplateRow = { id: string; name: string; type: string | null; sites: number; wlans?: number; applied?: string };

const typeLabel = ({ type }: TemplateRow) => deviceTypes.find(({ value }) => value === type)?.label ?? "";

const ownColumns: Record<TemplateList, Column<TemplateRow>[]> = {
  "rf-templates": [{ key: "sites", title: "Used by sites", cell: ({ sites }) => <LabelledCell label="Used by sites">{sites}</LabelledCell>, file: ({ sites }) => sites }],
  "wlan-templates": [
    { key: "wlans", title: "WLANs", cell: ({ wlans = 0 }) => <LabelledCell label="WLANs">{wlans}</LabelledCell>, file: ({ wlans = 0 }) => wlans },
    { key: "applied", title: "Applied to", cell: ({ applied = "" }) => applied, file: ({ applied = "" }) => applied },
  ],
  "device-profiles": [{ key: "type", title: "Device type", cell: (row) => typeLabel(row), file: typeLabel }],
};

/** The columns of a list of templates. */
export const templateColumns = (list: TemplateList, path: string): Column<TemplateRow>[] => [
  { key: "name", title: "Name", sort: true, wide: true, cell: ({ id, name }) => <CellLink href={`${path}/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  ...ownColumns[list],
  { key: "id", title: "ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];
