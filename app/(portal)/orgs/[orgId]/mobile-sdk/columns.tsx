import { CellLink, CellTime, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { SdkKeyRow } from "./sdk-key-row";

export const sdkKeyColumns = (path: string): Column<SdkKeyRow>[] => [
  { key: "name", title: "Name", sort: true, wide: true, cell: ({ id, name }) => <CellLink href={`${path}/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  { key: "secret", title: "Secret key", cell: ({ secret }) => <code>{secret}</code>, file: ({ secret }) => secret },
  {
    key: "created",
    title: "Created",
    sort: true,
    cell: ({ created }) => <LabelledCell label="Created"><CellTime time={created} /></LabelledCell>,
    file: ({ created }) => created.at,
  },
  { key: "createdBy", title: "Created by", cell: ({ createdBy }) => <LabelledCell label="Created by">{createdBy}</LabelledCell>, file: ({ createdBy }) => createdBy },
  { key: "id", title: "SDK Key ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];
