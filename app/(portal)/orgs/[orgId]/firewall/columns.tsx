import { LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { RuleRow } from "./rule-row";

const wrapping = "block min-w-60 wrap-anywhere whitespace-normal";

export const ruleColumns: Column<RuleRow>[] = [
  { key: "host", title: "Host", cell: ({ host }) => <span className={wrapping}>{host}</span>, file: ({ host }) => host },
  { key: "direction", title: "Direction", cell: ({ direction }) => direction, file: ({ direction }) => direction },
  { key: "protocol", title: "Protocol", cell: ({ protocol }) => protocol, file: ({ protocol }) => protocol },
  { key: "ports", title: "Ports", cell: ({ ports }) => <LabelledCell label="Ports">{ports}</LabelledCell>, file: ({ ports }) => ports },
  { key: "need", title: "Need", cell: ({ need }) => need, file: ({ need }) => need },
  { key: "uses", title: "For", wide: true, cell: ({ uses }) => uses, file: ({ uses }) => uses },
  { key: "purpose", title: "Purpose", cell: ({ purpose }) => <span className={wrapping}>{purpose}</span>, file: ({ purpose }) => purpose },
];
