import ipaddr from "ipaddr.js";
import type { FirewallRule } from "@/lib/firewall/rules";

/** The table of most distributions, to which the ruleset adds its sets and its chain. */
export const table = "inet filter";
const chain = "cloud_requirements";
/** How long an address that a name had stays allowed. */
export const addressLifetime = "1d";

type Family = "4" | "6";

const familyOf = (address: string): Family => (ipaddr.parse(address.split("/")[0] ?? "").kind() === "ipv6" ? "6" : "4");

/** The name of the sets, without their family, with the addresses of all hosts that are reached by a protocol and ports. */
export const hostSet = ({ protocol, ports }: Pick<FirewallRule, "protocol" | "ports">): string => `cloud_${protocol}_${ports.join("_")}`;

const sourceSet = ({ protocol, ports }: Pick<FirewallRule, "protocol" | "ports">): string => `cloud_from_${protocol}_${ports.join("_")}`;

const portsOf = (ports: readonly number[]) => (ports.length === 1 ? String(ports[0]) : `{ ${ports.join(", ")} }`);

/** The outbound rules with a host, by the name of their sets. */
export const hostsBySet = (rules: readonly FirewallRule[]): Map<string, (FirewallRule & { host: string })[]> =>
  Map.groupBy(rules.flatMap((rule) => (rule.direction === "out" && rule.host !== null ? [{ ...rule, host: rule.host }] : [])), hostSet);

const sourcesBySet = (rules: readonly FirewallRule[]) =>
  Map.groupBy(
    rules.flatMap((rule) => (rule.direction === "in" && rule.host !== null ? [{ ...rule, host: rule.host }] : [])),
    (rule) => `${sourceSet(rule)}_v${familyOf(rule.host)}`,
  );

const indented = (lines: readonly string[]) => lines.map((line) => `\t${line}`);

const hostSets = (rules: readonly FirewallRule[]) =>
  [...hostsBySet(rules)].flatMap(([name, inSet]) => [
    ...inSet.map(({ host }) => `# ${host}`),
    ...(["4", "6"] as const).flatMap((family) => [`set ${name}_v${family} {`, ...indented([`type ipv${family}_addr`, "flags timeout"]), "}"]),
  ]);

const sourceSets = (rules: readonly FirewallRule[]) =>
  [...sourcesBySet(rules).keys()].flatMap((name) => [`set ${name} {`, ...indented([`type ipv${name.at(-1)}_addr`, "flags interval", "auto-merge"]), "}"]);

const sourceElements = (rules: readonly FirewallRule[]) =>
  [...sourcesBySet(rules)].flatMap(([name, inSet]) => [`flush set ${table} ${name}`, `add element ${table} ${name} { ${inSet.map(({ host }) => host).join(", ")} }`]);

const family = { "4": "ip", "6": "ip6" } as const;

function chainRules(rules: readonly FirewallRule[]): string[] {
  const toHosts = [...hostsBySet(rules)].flatMap(([name, [first]]) =>
    first ? (["4", "6"] as const).map((version) => `${family[version]} daddr @${name}_v${version} ${first.protocol} dport ${portsOf(first.ports)} accept`) : [],
  );
  const toAny = rules.flatMap((rule) => (rule.host === null ? [`${rule.protocol} dport ${portsOf(rule.ports)} accept`] : []));
  const fromSources = [...sourcesBySet(rules)].flatMap(([name, [first]]) =>
    first ? [`${family[familyOf(first.host)]} saddr @${name} ${first.protocol} dport ${portsOf(first.ports)} accept`] : [],
  );
  return [...toHosts, ...toAny, ...fromSources];
}

const help = (instance: string) => [
  `# Firewall requirements of ${instance}.`,
  "#",
  `# Adds sets and the chain ${chain} to the table ${table}, and changes nothing else there.`,
  "# Load it, then let your chains use it where you decide about this traffic:",
  "#",
  "#   nft -f FILE",
  `#   nft add rule ${table} forward jump ${chain}`,
  "#",
  "# nftables knows addresses, not names. The sets below are named in the comments above them and begin",
  "# empty. Fill them every few minutes by the script that can be downloaded beside this file, or as names",
  "# are looked up, by dnsmasq: nftset=/HOST/4#inet#filter#SET_v4,6#inet#filter#SET_v6",
];

/** The rules as a file for `nft -f`; loading it again replaces the rules and keeps the addresses. */
export function nftablesRuleset({ name }: { name: string }, rules: readonly FirewallRule[]): string {
  return [
    ...help(name),
    "",
    `table ${table} {`,
    ...indented([...hostSets(rules), ...sourceSets(rules), `chain ${chain} {`, "}"]),
    "}",
    "",
    `flush chain ${table} ${chain}`,
    ...sourceElements(rules),
    "",
    `table ${table} {`,
    ...indented([`chain ${chain} {`, ...indented(chainRules(rules)), "}"]),
    "}",
    "",
  ].join("\n");
}
