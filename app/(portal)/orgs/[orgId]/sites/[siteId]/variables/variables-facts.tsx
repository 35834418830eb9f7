"use client";

import { compareText } from "@/lib/shared/text-order";
import { VariableTable } from "./variable-table";

/** The variables for people who may not change them. */
export function VariablesFacts({ variables }: { variables: Readonly<Record<string, string>> }) {
  const rows = Object.entries(variables).map(([name, value]) => ({ name, value })).toSorted((one, other) => compareText(one.name, other.name));
  return rows.length === 0 ? "None" : <VariableTable variables={rows} />;
}
