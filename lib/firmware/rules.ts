import type { FirmwareCatalog, FirmwareRelease } from "@/lib/firmware-versions";
import { compareText } from "@/lib/shared/text-order";
import type { CustomVersions, VersionLine } from "@/lib/shared/version-lines";

const isNumber = (part: string) => /^\d+$/.test(part);

/** Compares two runs of digits of any length by their value. */
function compareDigits(one: string, other: string): number {
  const [short, long] = [one, other].map((digits) => digits.replace(/^0+(?=\d)/, ""));
  return (short ?? "").length - (long ?? "").length || compareCodes(short ?? "", long ?? "");
}

const compareCodes = (one: string, other: string) => (one < other ? -1 : Number(one > other));

const partsOf = (version: string) => version.match(/\d+|[^\d.]+/g) ?? [];

function compareParts(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  if (isNumber(one) && isNumber(other)) return compareDigits(one, other);
  return Number(isNumber(one)) - Number(isNumber(other)) || compareCodes(one, other);
}

/** Compares version numbers from old to new, each number in them by its value; zero only for the same text. */
export function compareVersions(one: string, other: string): number {
  const [these, those] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(these.length, those.length); at += 1) {
    const difference = compareParts(these[at], those[at]);
    if (difference !== 0) return difference;
  }
  return compareCodes(one, other);
}

/** The versions of a model from the newest to the oldest; none for an unknown model. */
export const versionsOf = ({ models }: FirmwareCatalog, model: string): FirmwareRelease[] =>
  (models.find((one) => one.model === model)?.versions ?? []).toSorted((one, other) => compareVersions(other.version, one.version));

/** The newest version of a model that has a tag, if there is one. */
export const newestVersion = (catalog: FirmwareCatalog, model: string, tag: "production" | "rc2"): string | undefined =>
  versionsOf(catalog, model).find((release) => release.tag === tag)?.version;

/** A version with its tag: "0.14.29633 (production)". */
export const versionLabel = ({ version, tag }: FirmwareRelease): string => (tag === "none" ? version : `${version} (${tag})`);

const modelNamed = ({ models }: FirmwareCatalog, typed: string) => models.find(({ model }) => model === typed.toUpperCase())?.model;

/** Typed lines with the models as the catalog writes them. */
export const withCatalogNames = (catalog: FirmwareCatalog, lines: readonly VersionLine[]): VersionLine[] =>
  lines.map((line) => ({ ...line, model: modelNamed(catalog, line.model) ?? line.model }));

/** What is wrong with the first line that is not stored already and whose model or version is not in the catalog. */
export function versionProblem(catalog: FirmwareCatalog, lines: readonly VersionLine[], stored: CustomVersions): string | undefined {
  const isKnown = ({ model, version }: VersionLine) => stored[model] === version || versionsOf(catalog, model).some((release) => release.version === version);
  const wrong = lines.find((line) => !isKnown(line));
  if (!wrong) return undefined;
  const { line, model, version } = wrong;
  return modelNamed(catalog, model) === undefined ? `Line ${line}: there is no model ${model}` : `Line ${line}: ${model} has no version ${version}`;
}

/** A model with the versions that it can be upgraded to, from the newest to the oldest. */
export type ModelChoice = { model: string; versions: readonly { version: string; label: string }[] };

/** The models of the catalog with their versions, and what is stored but no longer in the catalog. */
export function modelChoices(catalog: FirmwareCatalog, stored: CustomVersions): ModelChoice[] {
  const names = new Set([...catalog.models.map(({ model }) => model), ...Object.keys(stored)]);
  return [...names].toSorted(compareText).map((model) => {
    const versions = versionsOf(catalog, model).map((release) => ({ version: release.version, label: versionLabel(release) }));
    const kept = stored[model];
    const isListed = kept === undefined || versions.some(({ version }) => version === kept);
    return { model, versions: isListed ? versions : [...versions, { version: kept, label: `${kept} (not in the list)` }] };
  });
}
