import { readFileSync } from "node:fs";
import ipaddr from "ipaddr.js";
import * as z from "zod/mini";
import { type Environment, env } from "@/lib/env";
import shipped from "@/lib/instances.json";

const words = (max: number) => z.string("must be a text").check(z.regex(new RegExp(`^[^\\p{C}\\u2028\\u2029]{1,${max}}$`, "u"), `must be one line of 1 to ${max} characters`));
const hostName = z.string("must be a text").check(z.regex(/^(?=.{1,253}$)(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))+$/, "must be a host name in lower case, like api.example.net"));
const key = z.string().check(z.regex(/^[a-z][a-z\d-]{0,39}$/, "must be in lower case, like access-points"));
const port = z.number("must be a number").check(z.int(), z.gte(1, "must be from 1 to 65535"), z.lte(65_535, "must be from 1 to 65535"));

const isAddress = (text: string) => ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes("%"));

/** Whether a text is an IP address, or a network as address and prefix length. */
function isNetwork(text: string): boolean {
  const [address = "", length] = text.split(/\/(?=[^/]*$)/);
  return isAddress(address) && (length === undefined || (/^[1-9]\d*$/.test(length) && ipaddr.isValidCIDR(text)));
}

const rule = z.strictObject({
  for: key,
  purpose: words(120),
  protocol: z.enum(["tcp", "udp"], "must be tcp or udp"),
  ports: z.array(port, "must be a list of ports").check(z.minLength(1, "must name a port"), z.maxLength(16, "must name at most 16 ports")),
  /** No host means any. */
  hosts: z.array(hostName, "must be a list of host names"),
  recommended: z.optional(z.boolean()),
});

const instance = z.strictObject({
  name: words(64),
  provider: words(64),
  region: words(64),
  serves: words(120),
  webhookSources: z.array(z.string().check(z.refine(isNetwork, "must be an IP address or a network, like 192.0.2.0/24"))),
  /** None when the operator does not publish them. */
  rules: z.array(rule),
});

const Catalog = z.strictObject({
  services: z.record(key, words(64)),
  devices: z.record(key, words(64)),
  /** What every instance with rules needs. */
  sharedRules: z.array(rule),
  instances: z.array(instance).check(z.minLength(1, "must have an entry")),
});

export type InstanceCatalog = z.output<typeof Catalog>;
export type Instance = InstanceCatalog["instances"][number];
export type InstanceRule = Instance["rules"][number];

/** The name of an instance in an address. */
export const instanceId = ({ name }: Pick<Instance, "name">): string => name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-").replaceAll(/^-|-$/g, "");

const nameAt = (value: unknown) => (typeof value === "object" && value !== null && "name" in value && typeof value.name === "string" ? ` (${value.name})` : "");

type JsonObject = { [name: PropertyKey]: JsonObject | undefined };

/** The path of a fault as a person finds it in the file: "instances[1] (Global 02) › rules[0] › ports[0]". */
function faultPath(path: readonly PropertyKey[], file: unknown): string {
  // The schema descends into objects and lists only, and the last step can be missing.
  let at = file as JsonObject | undefined;
  const parts: string[] = [];
  for (const step of path) {
    at = at?.[step];
    if (typeof step === "number") parts.push(`${parts.pop() ?? ""}[${step}]${nameAt(at)}`);
    else parts.push(String(step));
  }
  return parts.join(" › ") || "the file";
}

function faultsIn({ services, devices, sharedRules, instances }: InstanceCatalog): string[] {
  const known = new Set([...Object.keys(services), ...Object.keys(devices)]);
  const unknownUse = (rules: readonly InstanceRule[], place: string) =>
    rules.flatMap((one, index) => (known.has(one.for) ? [] : [`${place}[${index}] › for is neither a service nor a device: ${one.for}`]));
  const ids = instances.map(instanceId);
  return [
    ...Object.keys(devices).flatMap((name) => (Object.hasOwn(services, name) ? [`devices › ${name} is a service, too`] : [])),
    ...unknownUse(sharedRules, "sharedRules"),
    ...instances.flatMap((one, index) => [
      ...(ids[index] === "" ? [`instances[${index}] (${one.name}) › name needs a letter or a digit`] : []),
      ...(ids.indexOf(ids[index] ?? "") < index ? [`instances[${index}] (${one.name}) › name is like that of instances[${ids.indexOf(ids[index] ?? "")}]`] : []),
      ...unknownUse(one.rules, `instances[${index}] (${one.name}) › rules`),
    ]),
  ];
}

/** Checks a list of instances, or throws an error that names each faulty entry. */
export function parseInstances(file: unknown): InstanceCatalog {
  const parsed = Catalog.safeParse(file);
  const faults = parsed.success ? faultsIn(parsed.data) : parsed.error.issues.map(({ path, message }) => `${faultPath(path, file)} ${message}`);
  if (!parsed.success || faults.length > 0) throw new Error(faults.map((fault) => `  ${fault}`).join("\n"));
  return parsed.data;
}

/** Reads the list of instances of this installation: its own file, in which it must be listed itself, or the shipped one. */
export function readInstances({ INSTANCES_FILE: path, BRAND_INSTANCE: own }: Pick<Environment, "INSTANCES_FILE" | "BRAND_INSTANCE"> = env()): InstanceCatalog {
  if (path === undefined) return parseInstances(shipped);
  try {
    const listed = parseInstances(JSON.parse(readFileSync(path, "utf8")));
    if (!ownInstance(listed, own)) throw new Error(`  instances has no entry with the name of BRAND_INSTANCE, ${own}`);
    return listed;
  } catch (reason) {
    throw new Error(`Signalbox cannot start with the file of INSTANCES_FILE:\n${reasonText(reason)}`);
  }
}

const reasonText = (reason: unknown) => (reason instanceof SyntaxError ? "  it is not JSON" : reason instanceof Error ? reason.message : "  it cannot be read");

/** The instance that this installation is, if it is listed. */
export const ownInstance = ({ instances }: InstanceCatalog, own: string): Instance | undefined => instances.find((one) => instanceId(one) === instanceId({ name: own }));

let catalog: InstanceCatalog | undefined;

/** Returns the list of instances; the file is read once. */
export const instanceCatalog = (): InstanceCatalog => (catalog ??= readInstances());
