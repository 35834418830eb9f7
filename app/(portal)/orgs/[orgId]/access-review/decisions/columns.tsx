import { CellTime, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { Tag } from "@/components/ui/tag";
import { decisionLabels } from "../labels";
import type { DecisionRow } from "./decision-row";

export const decisionColumns: Column<DecisionRow>[] = [
  { key: "name", title: "Name", cell: ({ name }) => name, file: { Name: ({ name }) => name, Email: ({ email }) => email } },
  {
    key: "decision",
    title: "Decision",
    cell: ({ decision }) => <Tag kind={decision === "kept" ? "ok" : "warn"}>{decisionLabels[decision]}</Tag>,
    file: ({ decision }) => decisionLabels[decision],
  },
  { key: "decided", title: "Decided", sort: true, cell: ({ decided }) => <CellTime time={decided} />, file: ({ decided }) => decided.at },
  { key: "reviewer", title: "Reviewer", cell: ({ reviewer }) => <LabelledCell label="Reviewer">{reviewer}</LabelledCell>, file: ({ reviewer }) => reviewer },
  { key: "role", title: "Role then", cell: ({ role }) => role, file: ({ role }) => role },
  {
    key: "access",
    title: "Site Access then",
    wide: true,
    cell: ({ access }) => access,
    file: {
      "Site Access then": ({ access }) => access,
      "Last used then": ({ lastUsed }) => lastUsed?.at,
      "2FA then": ({ twoFactor }) => twoFactor,
      "Access ends then": ({ accessEnds }) => accessEnds?.at,
    },
  },
  { key: "reason", title: "Reason", cell: ({ reason }) => reason, file: ({ reason }) => reason },
  { key: "email", title: "Email", optional: true, cell: ({ email }) => email, file: ({ email }) => email },
  {
    key: "lastUsed",
    title: "Last used then",
    optional: true,
    cell: ({ lastUsed }) => lastUsed && <CellTime time={lastUsed} />,
    file: ({ lastUsed }) => lastUsed?.at,
  },
  { key: "twoFactor", title: "2FA then", optional: true, cell: ({ twoFactor }) => twoFactor, file: ({ twoFactor }) => twoFactor },
  {
    key: "accessEnds",
    title: "Access ends then",
    optional: true,
    cell: ({ accessEnds }) => accessEnds && <CellTime time={accessEnds} />,
    file: ({ accessEnds }) => accessEnds?.at,
  },
];
