import type { FirewallRule } from "@/lib/firewall/rules";
import { ruleKey } from "@/lib/firewall/rules";

/** A row of the list and its file. */
export type RuleRow = { key: string; host: string; direction: string; protocol: string; ports: string; need: string; uses: string; purpose: string };

export const toRuleRow = (rule: FirewallRule): RuleRow => ({
  key: ruleKey(rule),
  host: rule.host ?? "Any",
  direction: rule.direction === "out" ? "Outbound" : "Inbound",
  protocol: rule.protocol.toUpperCase(),
  ports: rule.ports.join(", "),
  need: rule.need === "required" ? "Required" : "Recommended",
  uses: rule.uses.join(", "),
  purpose: rule.purposes.join("; "),
});

/** The rules as text for the clipboard: one a line, with tabs, so that they can be pasted into a table. */
export const rulesText = (rows: readonly RuleRow[]): string =>
  rows.map(({ direction, protocol, ports, host, need, uses, purpose }) => [direction, protocol, ports, host, need, uses, purpose].join("\t")).join("\n");
