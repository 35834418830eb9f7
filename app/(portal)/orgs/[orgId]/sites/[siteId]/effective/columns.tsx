import type { Column } from "@/components/table/columns";
import type { SettingRow } from "./setting-row";

export const settingColumns: Column<SettingRow>[] = [
  { key: "label", title: "Setting", cell: ({ label }) => label, file: ({ label }) => label },
  { key: "section", title: "Section", cell: ({ section }) => section, file: ({ section }) => section },
  { key: "value", title: "Value", wide: true, cell: ({ value }) => value, file: ({ value }) => value },
  { key: "source", title: "Comes from", cell: ({ source }) => source, file: ({ source }) => source },
  { key: "path", title: "Name in the API", optional: true, cell: ({ path }) => <code>{path}</code>, file: ({ path }) => path },
];
