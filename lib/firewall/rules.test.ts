import { describe, expect, test } from "vitest";
import { chosenInstance, firewallRules, ruleKey, useLabels } from "@/lib/firewall/rules";
import { parseInstances } from "@/lib/instances";
import shipped from "@/lib/instances.json";

const catalog = parseInstances(shipped);
const instance = (name: string) => chosenInstance(catalog, undefined, name);
const linesOf = (name: string, filter: Parameters<typeof firewallRules>[2] = {}) => firewallRules(catalog, instance(name), filter).map(ruleKey);

describe("ORG-30: the rules of an instance", () => {
  test("ORG-30: switches and WAN edges of Europe 01 need what the documents list", () => {
    expect(linesOf("Europe 01", { for: ["switches", "firewalls"] })).toEqual([
      "out tcp 443 redirect.juniper.net",
      "out tcp 443 ztp.eu.mist.com",
      "out tcp 2200 oc-term.eu.mist.com",
      "out tcp 6514 srx-log-terminator.eu.mist.com",
    ]);
    expect(linesOf("Global 01", { for: "mist-edges" })).toEqual(["out tcp 443 ep-terminator.mistsys.net", "out tcp 443 portal.mist.com", "out tcp 443 redirect.mist.com"]);
  });

  test("ORG-30: access points also need DNS and DHCP; time and UDP 443 are recommended", () => {
    const rules = firewallRules(catalog, instance("Global 04"), { for: "access-points" });
    expect(rules.filter(({ host }) => host === null).map((rule) => `${rule.need} ${ruleKey(rule)}`)).toEqual([
      "required out udp 53 any",
      "required out udp 67+68 any",
      "recommended out udp 443 any",
      "recommended out tcp 80 any",
    ]);
    expect(linesOf("Global 04", { for: "access-points", need: "recommended" })).toEqual(["out udp 123 pool.ntp.org", "out udp 443 any", "out tcp 80 any"]);
  });

  test("ORG-30: webhooks come in from the addresses of the instance", () => {
    expect(linesOf("Global 02", { for: "webhooks" })).toEqual(["in tcp 443 34.94.226.48/28"]);
    expect(linesOf("Global 03", { for: "webhooks" })).toHaveLength(3);
  });

  test("ORG-30: a host that several need is one rule that names them all, and is required when one requires it", () => {
    const rules = firewallRules(catalog, instance("Global 01"), {});
    expect(new Set(rules.map(ruleKey)).size).toBe(rules.length);
    const terminator = rules.find((rule) => ruleKey(rule) === "out tcp 443 ep-terminator.mistsys.net");
    expect(terminator?.uses.toSorted()).toEqual(["Access Points", "Mist Edges", "SSR Routers", "Wired and WAN Assurance"]);
    const twice = { for: "switches", purpose: "Time", protocol: "udp", ports: [123], hosts: ["time.example.net"] } as const;
    const [merged, ...more] = firewallRules(
      { ...catalog, sharedRules: [] },
      { ...instance("Federal"), rules: [{ ...twice, ports: [...twice.ports], hosts: [...twice.hosts], recommended: true }, { ...twice, ports: [...twice.ports], hosts: [...twice.hosts], for: "routers" }] },
      {},
    );
    expect([merged?.need, merged?.uses, merged?.purposes, more]).toEqual(["required", ["EX Switches", "SSR Routers"], ["Time"], []]);
  });

  test("ORG-30: every service and device of every published instance has rules, and an unpublished one has none", () => {
    for (const { name, rules } of catalog.instances) {
      for (const use of Object.keys(useLabels(catalog))) expect([name, use, linesOf(name, { for: use }).length > 0]).toEqual([name, use, rules.length > 0]);
    }
  });

  test("ORG-30: rules are searched by host, use and purpose", () => {
    expect(linesOf("Europe 01", { search: "LOG srx" })).toEqual(["out tcp 6514 srx-log-terminator.eu.mist.com"]);
    expect(linesOf("Europe 01", { search: "radsec" })).toEqual(["out tcp 2083 radsec.nac.mist.com"]);
  });
});

test.each([
  ["europe-01", "Global 01", "Europe 01"],
  ["nowhere", "Global 03", "Global 03"],
  [undefined, "Global 04", "Global 04"],
  [undefined, "Acme 1", "Global 01"],
])("ORG-30: with %s in the address, the portal of %s shows %s", (chosen, own, shown) => {
  expect(chosenInstance(catalog, chosen, own).name).toBe(shown);
});
