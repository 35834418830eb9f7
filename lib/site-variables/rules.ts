import { compareText } from "@/lib/shared/text-order";
import type { Values } from "@/lib/shared/variables";

/** The values that apply to a device: those of its device profile before those of its site. */
export const effectiveValues = (site: Readonly<Record<string, string>>, profile: Readonly<Record<string, string>> = {}): Values =>
  new Map([...Object.entries(site), ...Object.entries(profile)]);

type Use = { used: readonly string[]; defined: readonly string[]; overridden?: readonly string[] };

/** Which variables are used without a value, have a value without being used, and are overridden by a device profile, by name. */
export function variableUse({ used, defined, overridden = [] }: Use): { missing: string[]; unused: string[]; shadowed: string[] } {
  const [isUsed, isDefined, isOverridden] = [new Set(used), new Set(defined), new Set(overridden)];
  const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted(compareText);
  return {
    missing: sorted(used.filter((name) => !isDefined.has(name))),
    unused: sorted(defined.filter((name) => !isUsed.has(name))),
    shadowed: sorted(defined.filter((name) => isOverridden.has(name))),
  };
}
