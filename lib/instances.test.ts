import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { instanceId, ownInstance, parseInstances, readInstances } from "@/lib/instances";
import shipped from "@/lib/instances.json";

const rule = { for: "switches", purpose: "Telemetry", protocol: "tcp", ports: [2200], hosts: ["term.example.net"] };
const acme = { name: "Acme 1", provider: "Acme", region: "Kiel", serves: "Acme", webhookSources: ["192.0.2.1", "2001:db8::/32"], rules: [rule] };
const catalog = { services: { support: "Support" }, devices: { switches: "Switches" }, sharedRules: [], instances: [acme] };

function fileWith(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "instances-")), "instances.json");
  writeFileSync(file, text);
  return file;
}

const readFile = (text: string, own = "Acme 1") => readInstances({ INSTANCES_FILE: fileWith(text), BRAND_INSTANCE: own });

test("ORG-30: the shipped list names the six instances, with hosts and webhook sources of all but Federal", () => {
  const { instances } = parseInstances(shipped);
  expect(instances.map(({ name, provider, region }) => [name, provider, region])).toEqual([
    ["Global 01", "Amazon Web Services", "US West"],
    ["Global 02", "Google Cloud Platform", "US West"],
    ["Global 03", "Amazon Web Services", "US East"],
    ["Global 04", "Google Cloud Platform", "Montreal and Quebec"],
    ["Europe 01", "Amazon Web Services", "Frankfurt"],
    ["Federal", "Amazon Web Services", "GovCloud in the eastern and northwestern USA"],
  ]);
  for (const { name, rules, webhookSources } of instances) expect([name, rules.length > 0, webhookSources.length > 0]).toEqual([name, name !== "Federal", name !== "Federal"]);
  expect(instances[1]?.webhookSources).toEqual(["34.94.226.48/28"]);
});

test("ORG-30: an installation replaces the list by a file of its own, and is the instance of its name", () => {
  const own = readFile(JSON.stringify(catalog));
  expect(own).toEqual(catalog);
  expect(ownInstance(own, "ACME 1")?.name).toBe("Acme 1");
  expect(readInstances({ INSTANCES_FILE: undefined, BRAND_INSTANCE: "Anything" }).instances).toHaveLength(6);
});

const withInstance = (change: object) => ({ ...catalog, instances: [acme, { ...acme, name: "Acme 2", ...change }] });
const withRule = (change: object) => withInstance({ rules: [rule, { ...rule, ...change }] });

test.each([
  ["a port that does not exist", withRule({ ports: [70_000] }), "instances[1] (Acme 2) › rules[1] › ports[0] must be from 1 to 65535"],
  ["no port", withRule({ ports: [] }), "instances[1] (Acme 2) › rules[1] › ports must name a port"],
  ["a host with a path", withRule({ hosts: ["term.example.net/x"] }), "rules[1] › hosts[0] must be a host name in lower case"],
  ["a host that breaks out of a line", withRule({ hosts: ["term.example.net\nflush ruleset"] }), "rules[1] › hosts[0] must be a host name"],
  ["another protocol", withRule({ protocol: "sctp" }), "rules[1] › protocol must be tcp or udp"],
  ["an unknown device", withRule({ for: "toasters" }), "instances[1] (Acme 2) › rules[1] › for is neither a service nor a device: toasters"],
  ["an unknown field", withRule({ port: 1 }), "instances[1] (Acme 2) › rules[1]"],
  ["a source that is no network", withInstance({ webhookSources: ["192.0.2.1/40"] }), "instances[1] (Acme 2) › webhookSources[0] must be an IP address or a network"],
  ["a source in short form", withInstance({ webhookSources: ["10.1"] }), "webhookSources[0] must be an IP address or a network"],
  ["a name twice", withInstance({ name: "acme-1" }), "instances[1] (acme-1) › name is like that of instances[0]"],
  ["a name of two lines", withInstance({ name: "Acme\n2" }), "name must be one line"],
  ["no instance", { ...catalog, instances: [] }, "instances must have an entry"],
  ["a device that is a service", { ...catalog, services: { switches: "Switches" } }, "devices › switches is a service, too"],
  ["a list", [], "the file"],
])("ORG-30: a file with %s stops the start and names the entry", (_what, file, message) => {
  expect(() => readFile(JSON.stringify(file))).toThrow(`Signalbox cannot start with the file of INSTANCES_FILE:\n`);
  expect(() => readFile(JSON.stringify(file))).toThrow(message);
});

test("ORG-30: a file that is no JSON or does not list the installation stops the start", () => {
  expect(() => readFile("{")).toThrow("  it is not JSON");
  expect(() => readFile(JSON.stringify(catalog), "Global 01")).toThrow("  instances has no entry with the name of BRAND_INSTANCE, Global 01");
});

test.each([["Global 01", "global-01"], ["Île de France (2)", "le-de-france-2"]])("the address calls %s %s", (name, id) => {
  expect(instanceId({ name })).toBe(id);
});
