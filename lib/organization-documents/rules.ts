import * as z from "zod/mini";
import { mostPicked, tooManyPicked } from "@/lib/administrators/schema";
import { formatYaml, parseYaml, type YamlPath } from "@/lib/kernel/yaml";
import { documentPaths, siteListNames } from "@/lib/settings/sections";
import { documentSchema } from "@/lib/shared/settings/document";
import { maxSites } from "@/lib/shared/settings/fields";
import { AppError } from "@/lib/shared/app-error";
import { EmailAddress } from "@/lib/shared/email-address";
import { foldName } from "@/lib/shared/fold-text";
import { roleNames, roles, type ScopeKind } from "@/lib/shared/roles";
import { compareText } from "@/lib/shared/text-order";
import { boundedArray, multiLine, normalizedLine, optionalPersonName, singleLine } from "@/lib/shared/text-schemas";
import { siteGroupFields } from "@/lib/site-groups/schema";
import { siteSettingPaths } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";
import { coordinates, maxGroups, maxNotesLength, siteFields } from "@/lib/sites/schema";

/** The version of the format, which each document names. */
export const formatVersion = 1;

/** How many sites, site groups or administrators a document holds. */
export const mostRows = 10_000;

const tooManyRows = "A document holds at most 10,000 of these";
const name = singleLine(64);
const names = (max: number, tooMany?: string) => boundedArray(name, max, tooMany);

/** The path of a list of sites in a document, which names the sites instead of their ids. */
export const siteNamesPath = (path: string): string => path.replace(/_ids$/, "_names");

const storedPaths = new Map(siteListNames.map((path) => [siteNamesPath(path), path]));

/** Whether the value at a path of a document names sites. */
export const isSiteList = (path: string): boolean => storedPaths.has(path);

/** The path in the stored settings for a path of a document. */
export const storedPath = (path: string): string => storedPaths.get(path) ?? path;

const settingsPaths = Object.entries(documentPaths).map(([path, schema]) => (siteListNames.includes(path) ? ([siteNamesPath(path), names(maxSites)] as const) : ([path, schema] as const)));

/** The paths of the settings in a document, in their order. */
export const settingsOrder: readonly string[] = settingsPaths.map(([path]) => path);

const sitegroup = z.strictObject({ name: siteGroupFields.name });

const sitePaths = siteSections.documentPaths;
const siteSettings = documentSchema(Object.fromEntries(Object.entries(sitePaths).filter(([path]) => siteSettingPaths.includes(path))));

const site = z.strictObject({
  name: siteFields.name,
  country_code: siteFields.country,
  timezone: siteFields.timeZone,
  address: z.optional(normalizedLine(200)),
  latlng: z.optional(z.nullable(coordinates)),
  notes: z.optional(multiLine(maxNotesLength)),
  sitegroups: z.optional(boundedArray(siteGroupFields.name, maxGroups, `A site can be in at most ${maxGroups} groups`)),
  setting: z.optional(siteSettings),
});

/** What an administrator's access covers, under the names of the published API. */
export const scopeNames = { all: "org", groups: "sitegroup", sites: "site" } as const satisfies Record<ScopeKind, string>;

const accessScopes = Object.values(scopeNames);

const admin = z.strictObject({
  email: EmailAddress,
  first_name: optionalPersonName,
  last_name: optionalPersonName,
  role: z.enum(roleNames, `The role is one of ${roleNames.join(", ")}`),
  scope: z.enum(accessScopes, `The scope is one of ${accessScopes.join(", ")}`),
  sitegroups: z._default(names(mostPicked.groups, tooManyPicked.groups), []),
  sites: z._default(names(mostPicked.sites, tooManyPicked.sites), []),
  /** When the access ends by itself; null for access without an end date. */
  access_ends_at: z.optional(z.nullable(z.iso.datetime("Enter a moment in UTC, like 2027-03-01T12:00:00.000Z"))),
});

/** An organization as one document: everything refers to everything else by name. Parts that are absent are not spoken of. */
export const OrganizationDocument = z.strictObject({
  format_version: z.literal(formatVersion, `This portal reads format_version ${formatVersion}`),
  settings: z.optional(documentSchema(Object.fromEntries(settingsPaths))),
  sitegroups: z.optional(boundedArray(sitegroup, mostRows, tooManyRows)),
  sites: z.optional(boundedArray(site, mostRows, tooManyRows)),
  admins: z.optional(boundedArray(admin, mostRows, tooManyRows)),
});

export type OrganizationDocument = z.output<typeof OrganizationDocument>;
export type DocumentSite = NonNullable<OrganizationDocument["sites"]>[number];
export type DocumentAdmin = NonNullable<OrganizationDocument["admins"]>[number];

/** A document in which every part is present. */
export type CompleteDocument = Required<OrganizationDocument> & { sites: (DocumentSite & Required<Pick<DocumentSite, "address" | "sitegroups">>)[] };

export type ParsedDocument = {
  document: OrganizationDocument;
  /** The error for a value that cannot be used, with its line. */
  errorAt: (path: YamlPath, message: string) => AppError;
};

const comment = "Secrets and keys are not part of this document.";

/** The document as YAML; the same organization gives the same bytes. */
export const formatDocument = (document: CompleteDocument): string => formatYaml(document, comment);

/** Sorts names in the order of people, and those that this order takes for equal by their characters. */
export const byName = <T>(items: readonly T[], nameOf: (item: T) => string): T[] =>
  items.toSorted((one, other) => compareText(nameOf(one), nameOf(other)) || (nameOf(one) < nameOf(other) ? -1 : 1));

const pathText = (path: YamlPath) => path.map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`)).join("");

const mostShown = 5;

function refusal(problems: readonly string[]): AppError {
  const more = problems.length > mostShown ? ` And ${problems.length - mostShown} more.` : "";
  return new AppError("invalid", "Check the document", { document: [`${problems.slice(0, mostShown).join(" ")}${more}`] });
}

/** Reads a document from YAML; throws an error that names the line and path of what is wrong. */
export function parseDocumentText(text: string): ParsedDocument {
  const { value, lineOf } = yamlOf(text);
  const problemAt = (path: YamlPath, message: string) => `Line ${lineOf(path)}${path.length > 0 ? `, ${pathText(path)}` : ""}: ${message.replace(/[.!?]?$/, ".")}`;
  const parsed = OrganizationDocument.safeParse(value);
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.flatMap((issue) => problemsOf(issue, value));
  const lines = problems.toSorted((one, other) => lineOf(one.path) - lineOf(other.path)).map(({ path, message }) => problemAt(path, message));
  if (!parsed.success || lines.length > 0) throw refusal(lines);
  return { document: parsed.data, errorAt: (path, message) => refusal([problemAt(path, message)]) };
}

function yamlOf(text: string) {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof AppError) throw refusal([`${error.message}.`]);
    // What recurses without end is text that nobody writes by hand.
    if (error instanceof RangeError) throw refusal(["Line 1: this is nested too deeply."]);
    throw error;
  }
}

type Problem = { path: YamlPath; message: string };

const typeNames: Readonly<Record<string, string>> = {
  string: "text is expected here; put it in quotes",
  number: "a number is expected here",
  int: "a whole number is expected here",
  boolean: "true or false is expected here",
  array: "a list is expected here",
  object: "names with values are expected here",
};

function problemsOf(issue: z.core.$ZodIssue, document: unknown): Problem[] {
  const { path, code } = issue;
  if (code === "unrecognized_keys") return issue.keys.map((key) => ({ path: [...path, key], message: `“${key.slice(0, 60)}” is not known here` }));
  if (isMissing(document, path)) return [{ path, message: "this is missing" }];
  if (code === "invalid_type") return [{ path, message: typeNames[issue.expected] ?? issue.message }];
  if (issue.message === "Invalid input") return [{ path, message: code === "custom" ? "a list is expected here" : "this value can’t be used" }];
  return [{ path, message: issue.message }];
}

function isMissing(document: unknown, path: YamlPath): boolean {
  let value = document;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null)?.[part];
  return value === undefined;
}

/** Names that stand in a document twice, and access that does not fit together. */
function contradictions({ sitegroups = [], sites = [], admins = [] }: OrganizationDocument): Problem[] {
  return [
    ...repeated("sitegroups", "name", sitegroups.map(({ name }) => foldName(name))),
    ...repeated("sites", "name", sites.map(({ name }) => foldName(name))),
    ...repeated("admins", "email", admins.map(({ email }) => email)),
    ...admins.flatMap((admin, at) => accessProblems(admin).map((message) => ({ path: ["admins", at, "scope"], message }))),
  ];
}

function repeated(part: string, field: string, keys: readonly string[]): Problem[] {
  const first = new Map<string, number>();
  return keys.flatMap((key, at) => {
    if (first.has(key)) return [{ path: [part, at, field], message: `${part}[${first.get(key)}] has the same ${field}` }];
    first.set(key, at);
    return [];
  });
}

function accessProblems({ role, scope, sites, sitegroups }: DocumentAdmin): string[] {
  const problems = roles[role].alwaysAllSites && scope !== "org" ? [`${roles[role].label} always has all sites, which is the scope org`] : [];
  if (scope !== "site" && sites.length > 0) problems.push("only the scope site has sites");
  if (scope !== "sitegroup" && sitegroups.length > 0) problems.push("only the scope sitegroup has sitegroups");
  return problems;
}
