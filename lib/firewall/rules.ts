import type * as z from "zod/mini";
import type { ListFirewallRules } from "@/lib/firewall/schema";
import { type Instance, instanceId, type InstanceCatalog, type InstanceRule, ownInstance } from "@/lib/instances";
import { matchesSearch } from "@/lib/shared/fold-text";

/** One rule of a firewall: a host or an address, or any, by one protocol and its ports. */
export type FirewallRule = {
  direction: "out" | "in";
  protocol: "tcp" | "udp";
  ports: readonly number[];
  /** Null for any. */
  host: string | null;
  /** The services and devices that need it. */
  uses: readonly string[];
  purposes: readonly string[];
  need: "required" | "recommended";
};

type Filter = z.output<typeof ListFirewallRules>;
type RuleForUse = FirewallRule & { for: string };

const webhooks = "webhooks";

/** The services and device types by their key, in the order of the list. */
export const useLabels = ({ services, devices }: InstanceCatalog): Record<string, string> => ({ ...devices, ...services, [webhooks]: services[webhooks] ?? "Webhooks" });

/** The instance that a person chose; without a choice the own one, or the first where the own one is not listed. */
export function chosenInstance(catalog: InstanceCatalog, chosen: string | undefined, own: string): Instance {
  const [first] = catalog.instances;
  const found = catalog.instances.find((one) => instanceId(one) === chosen) ?? ownInstance(catalog, own) ?? first;
  if (!found) throw new Error("The list of instances is empty");
  return found;
}

const outbound = (labels: Record<string, string>) => (rule: InstanceRule): RuleForUse[] =>
  (rule.hosts.length === 0 ? [null] : rule.hosts).map((host) => ({
    for: rule.for,
    direction: "out",
    protocol: rule.protocol,
    ports: rule.ports,
    host,
    uses: [labels[rule.for] ?? rule.for],
    purposes: [rule.purpose],
    need: rule.recommended ? "recommended" : "required",
  }));

const inbound = (labels: Record<string, string>) => (host: string): RuleForUse => ({
  for: webhooks,
  direction: "in",
  protocol: "tcp",
  ports: [443],
  host,
  uses: [labels[webhooks] ?? ""],
  purposes: ["Deliveries to your server, at the port of its address"],
  need: "required",
});

const union = <Item>(one: readonly Item[], other: readonly Item[]) => [...new Set([...one, ...other])];

/** The key of a rule in lists; rules with the same key are one. */
export const ruleKey = ({ direction, protocol, ports, host }: Pick<FirewallRule, "direction" | "protocol" | "ports" | "host">): string =>
  [direction, protocol, ports.join("+"), host ?? "any"].join(" ");

function merged(rules: readonly RuleForUse[]): FirewallRule[] {
  const byKey = new Map<string, FirewallRule>();
  for (const { for: _, ...rule } of rules) {
    const same = byKey.get(ruleKey(rule));
    if (!same) byKey.set(ruleKey(rule), rule);
    else byKey.set(ruleKey(rule), { ...same, uses: union(same.uses, rule.uses), purposes: union(same.purposes, rule.purposes), need: same.need === "required" ? "required" : rule.need });
  }
  return [...byKey.values()];
}

/** The rules that an instance needs for the chosen services and devices, or for all of them: each host, protocol and port once. */
export function firewallRules(catalog: InstanceCatalog, instance: Instance, filter: Omit<Filter, "instance">): FirewallRule[] {
  const labels = useLabels(catalog);
  const chosen = new Set([filter.for ?? []].flat());
  const needed = new Set<string>([filter.need ?? []].flat());
  const shared = instance.rules.length > 0 ? catalog.sharedRules : [];
  const all = [...[...instance.rules, ...shared].flatMap(outbound(labels)), ...instance.webhookSources.map(inbound(labels))];
  return merged(all.filter((rule) => chosen.size === 0 || chosen.has(rule.for)))
    .filter(({ need }) => needed.size === 0 || needed.has(need))
    .filter(({ host, uses, purposes }) => matchesSearch(filter.search ?? "", [host ?? "", ...uses, ...purposes].join(" ")));
}
