// Node runs this file without a bundler, so imports are relative with file extensions.
import { areas } from "../areas.ts";
import type { Area } from "./define-area.ts";

type AreaOfList = (typeof areas)[number];
type KeyedPart = "permissions" | "events" | "constraints" | "silentConstraints" | "flashMessages" | "tables" | "organizationRows" | "functions" | "queues" | "pages" | "downloads" | "actions" | "demoTargets" | "overviewCards" | "firstSteps";
type ListedPart = "menu" | "commands" | "accountPages" | "screenshots";

/** The manifests of all areas. */
export const allAreas: readonly Area[] = areas;

/** The keys of one part of all areas as a union, such as all event names. */
export type KeyOf<P extends KeyedPart, A = AreaOfList> = A extends Record<P, infer Part> ? keyof Part & string : never;

/** The values of a part that are not keyed, such as the menu entries. */
export type EntryOf<P extends ListedPart, A = AreaOfList> = A extends Record<P, infer Part> ? (Part extends readonly (infer Entry)[] ? Entry : Part) : never;

/** One part of all areas, merged by key. */
export const mergedPart = <P extends KeyedPart>(part: P) =>
  Object.assign({}, ...allAreas.map((area) => area[part])) as Record<KeyOf<P>, NonNullable<Area[P]>[string]>;

/** One part of all areas, in the order of the list of areas. */
export const listedPart = <P extends ListedPart>(part: P) => allAreas.flatMap((area): unknown => area[part] ?? []) as EntryOf<P>[];
