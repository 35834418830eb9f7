import * as z from "zod/mini";
import shipped from "@/lib/firmware-versions.json";
import { compareVersions } from "@/lib/firmware/rules";

const model = z.string("must be a text").check(z.regex(/^[A-Z][A-Z\d-]{0,31}$/, "must be a model in capitals, like AP41"));
const version = z.string("must be a text").check(z.regex(/^\d[\w.-]{0,63}$/, "must be a version, like 0.14.29633"));
const release = z.strictObject({ version, tag: z.enum(["production", "rc2", "rc1", "none"], "must be production, rc2, rc1 or none") });

const Catalog = z.strictObject({
  models: z.array(z.strictObject({ model, versions: z.array(release).check(z.minLength(1, "must have an entry")) })).check(z.minLength(1, "must have an entry")),
});

export type FirmwareCatalog = z.output<typeof Catalog>;
export type FirmwareModel = FirmwareCatalog["models"][number];
export type FirmwareRelease = FirmwareModel["versions"][number];

/** Names the first entry that is not after its predecessor. */
function outOfOrder(place: string, names: readonly string[], compare: (one: string, other: string) => number): string[] {
  const at = names.findIndex((name, index) => index > 0 && compare(names[index - 1] ?? "", name) >= 0);
  if (at === -1) return [];
  return [`${place}[${at}] (${names[at]}) ${names[at] === names[at - 1] ? "is there twice" : `must come before ${names[at - 1]}`}`];
}

const faultsIn = ({ models }: FirmwareCatalog): string[] => [
  ...outOfOrder("models", models.map(({ model: name }) => name), compareVersions),
  ...models.flatMap(({ model: name, versions }) => outOfOrder(`${name} › versions`, versions.map((one) => one.version), (one, other) => compareVersions(other, one))),
];

const faultPath = (path: readonly PropertyKey[]) =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? " › " : ""}${String(step)}`)).join("") || "the file";

/** Checks a list of access point models and their firmware versions, or throws an error that names each faulty entry. */
export function parseFirmwareCatalog(file: unknown): FirmwareCatalog {
  const parsed = Catalog.safeParse(file);
  const faults = parsed.success ? faultsIn(parsed.data) : parsed.error.issues.map(({ path, message }) => `${faultPath(path)} ${message}`);
  if (!parsed.success || faults.length > 0) throw new Error(faults.map((fault) => `  ${fault}`).join("\n"));
  return parsed.data;
}

let catalog: FirmwareCatalog | undefined;

/** Returns the shipped models by name, each with its versions from the newest to the oldest; the file is checked once. */
export const firmwareCatalog = (): FirmwareCatalog => (catalog ??= parseFirmwareCatalog(shipped));
