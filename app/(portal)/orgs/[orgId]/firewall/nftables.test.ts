import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chosenInstance, type FirewallRule, firewallRules } from "@/lib/firewall/rules";
import { parseInstances } from "@/lib/instances";
import shipped from "@/lib/instances.json";
import { nftablesRuleset } from "./nftables";

type Sets = Map<string, { type: string; flags: string; autoMerge: boolean; elements: string[] }>;
type Ruleset = { sets: Sets; chains: Map<string, string[]>; flushed: string[] };

const name = String.raw`[a-z_][a-z\d_]{0,254}`;
const tableOpen = /^table inet filter \{$/;
const patterns = {
  set: new RegExp(`^\\tset (${name}) \\{$`),
  chain: new RegExp(`^\\tchain (${name}) \\{$`),
  flush: new RegExp(`^flush (?:chain|set) inet filter (${name})$`),
  add: new RegExp(`^add element inet filter (${name}) \\{ (.+) \\}$`),
  rule: new RegExp(`^\\t\\t(?:(ip6?) ([ds])addr @(${name}) )?(?:tcp|udp) dport (?:(\\d+)|\\{ (\\d+(?:, \\d+)+) \\}) accept$`),
};

function isElement(text: string, type: string): boolean {
  const [address = "", length, ...more] = text.split("/");
  const [isFamily, bits] = type === "ipv4_addr" ? [isIPv4(address), 32] : [isIPv6(address), 128];
  return isFamily && more.length === 0 && (length === undefined || (Number(length) > 0 && Number(length) <= bits));
}

/** Reads the part of the language that the ruleset uses as `nft -f` does, in order, or throws at the first line that is none of it. */
function parseRuleset(text: string): Ruleset {
  const ruleset: Ruleset = { sets: new Map(), chains: new Map(), flushed: [] };
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, flushed] = patterns.flush.exec(line) ?? [];
    const [, into = "", elements = ""] = patterns.add.exec(line) ?? [];
    if (tableOpen.test(line)) parseTable(lines, ruleset);
    else if (flushed && (ruleset.sets.has(flushed) || ruleset.chains.has(flushed))) ruleset.flushed.push(flushed);
    else if (ruleset.sets.has(into)) addElements(ruleset.sets, into, elements);
    else throw new Error(`not a command: ${line}`);
  }
  return ruleset;
}

function addElements(sets: Sets, into: string, elements: string) {
  const set = sets.get(into);
  for (const element of elements.split(", ")) {
    if (!set || !isElement(element, set.type) || !set.flags.includes("interval")) throw new Error(`not an element of ${into}: ${element}`);
    set.elements.push(element);
  }
}

function parseTable(lines: string[], ruleset: Ruleset) {
  for (let line = lines.shift(); line !== "}"; line = lines.shift()) {
    const [, set] = patterns.set.exec(line ?? "") ?? [];
    const [, chain] = patterns.chain.exec(line ?? "") ?? [];
    if (set) parseSet(set, lines, ruleset.sets);
    else if (chain) parseChain(chain, lines, ruleset);
    else throw new Error(`neither set nor chain: ${line}`);
  }
}

function parseSet(set: string, lines: string[], sets: Sets) {
  const body: string[] = [];
  for (let line = lines.shift(); line !== "\t}"; line = lines.shift()) body.push(line?.trim() ?? "?");
  const [, type = ""] = /^type (ipv[46]_addr)$/.exec(body.shift() ?? "") ?? [];
  const [, flags = ""] = /^flags (timeout|interval)$/.exec(body.shift() ?? "") ?? [];
  const autoMerge = body[0] === "auto-merge" && body.shift() !== undefined;
  if (type === "" || flags === "" || body.length > 0 || sets.has(set)) throw new Error(`not a set: ${set}`);
  sets.set(set, { type, flags, autoMerge, elements: [] });
}

function parseChain(chain: string, lines: string[], { sets, chains }: Ruleset) {
  const rules = chains.get(chain) ?? [];
  for (let line = lines.shift() ?? ""; line !== "\t}"; line = lines.shift() ?? "") {
    const [, family, , set, one, several = ""] = patterns.rule.exec(line) ?? [];
    const ports = (one ?? several).split(", ").map(Number);
    if (!ports.every((port) => port >= 1 && port <= 65_535) || ports.length === 0) throw new Error(`not a rule: ${line}`);
    if (set && sets.get(set)?.type !== (family === "ip" ? "ipv4_addr" : "ipv6_addr")) throw new Error(`not a set of its family: ${line}`);
    rules.push(line.trim());
  }
  chains.set(chain, rules);
}

const chain = "cloud_requirements";
const catalog = parseInstances(shipped);

describe("ORG-30: the ruleset for nftables", () => {
  test("ORG-30: it is valid, and its rules accept exactly what the list shows", () => {
    const instance = chosenInstance(catalog, "europe-01", "");
    const { sets, chains, flushed } = parseRuleset(nftablesRuleset(instance, firewallRules(catalog, instance, { for: ["switches", "access-points", "webhooks"], need: "required" })));
    expect(chains.get(chain)).toEqual([
      "ip daddr @cloud_tcp_443_v4 tcp dport 443 accept",
      "ip6 daddr @cloud_tcp_443_v6 tcp dport 443 accept",
      "ip daddr @cloud_tcp_2200_v4 tcp dport 2200 accept",
      "ip6 daddr @cloud_tcp_2200_v6 tcp dport 2200 accept",
      "udp dport 53 accept",
      "udp dport { 67, 68 } accept",
      "ip saddr @cloud_from_tcp_443_v4 tcp dport 443 accept",
    ]);
    expect(sets.get("cloud_from_tcp_443_v4")).toEqual({ type: "ipv4_addr", flags: "interval", autoMerge: true, elements: ["3.122.172.223", "3.121.19.146", "3.120.167.1"] });
    expect(flushed).toEqual([chain, "cloud_from_tcp_443_v4"]);
  });

  test("ORG-30: each set is preceded by the names of its hosts, and the head says how to use it", () => {
    const instance = chosenInstance(catalog, "global-01", "");
    const text = nftablesRuleset(instance, firewallRules(catalog, instance, { for: "firewalls" }));
    expect(text).toContain("\t# redirect.juniper.net\n\t# ztp.mist.com\n\tset cloud_tcp_443_v4 {\n");
    expect(text).toContain("\t# srx-log-terminator.mist.com\n\tset cloud_tcp_6514_v4 {\n");
    expect(text).toMatch(/^# Firewall requirements of Global 01\.\n[\s\S]*nft add rule inet filter forward jump cloud_requirements/);
  });

  const port = fc.integer({ min: 1, max: 65_535 });
  const host = fc.oneof(fc.constant(null), fc.domain().map((domain) => domain.toLowerCase()));
  const source = fc.oneof(fc.ipV4(), fc.ipV6(), fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 })).map(([address, bits]) => `${address}/${bits}`));
  const facts = { protocol: fc.constantFrom("tcp" as const, "udp" as const), ports: fc.uniqueArray(port, { minLength: 1, maxLength: 16 }), uses: fc.constant(["Switches"]), purposes: fc.constant(["Telemetry"]), need: fc.constant("required" as const) };
  const rule: fc.Arbitrary<FirewallRule> = fc.oneof(fc.record({ direction: fc.constant("out" as const), host, ...facts }), fc.record({ direction: fc.constant("in" as const), host: source, ...facts }));

  test("ORG-30: it is valid for any rules, has a rule for each protocol and port, and no others", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 30 }), (rules) => {
        const text = nftablesRuleset({ name: "Acme" }, rules);
        const { chains } = parseRuleset(text);
        const described = (chains.get(chain) ?? []).map((line) => /(tcp|udp) dport (.+) accept/.exec(line)?.slice(1).join(" "));
        const expected = rules.map(({ protocol, ports }) => `${protocol} ${ports.length === 1 ? ports[0] : `{ ${ports.join(", ")} }`}`);
        expect(new Set(described)).toEqual(new Set(expected));
        for (const named of rules) if (named.host) expect(text).toContain(named.host);
      }),
    );
  });

  test.each(["table inet filter {", "add element inet filter nowhere { 192.0.2.1 }", "flush ruleset", "table inet filter {\n\tchain x {\n\t\tip daddr @none tcp dport 443 accept\n\t}\n}"])("the check refuses %j", (text) => {
    expect(() => parseRuleset(text)).toThrow();
  });
});
