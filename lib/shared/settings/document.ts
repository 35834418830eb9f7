import * as z from "zod/mini";

/** The settings of an organization under the names of the published API; what is missing has its default. */
export type SettingsDocument = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is SettingsDocument => typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at a path such as `password_policy.min_length`, or undefined. */
export function valueAt(document: SettingsDocument, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split(".")) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** The text at a path; empty where there is none. */
export function textAt(document: SettingsDocument, path: string): string {
  const value = valueAt(document, path);
  return typeof value === "string" ? value : "";
}

/** A copy of the document with another value at a path; undefined removes it, and the objects that it leaves empty. */
export function withValueAt(document: SettingsDocument, path: string, value: unknown): SettingsDocument {
  const [name = "", ...rest] = path.split(".");
  const { [name]: inner, ...others } = document;
  const next = rest.length === 0 ? value : withValueAt(isObject(inner) ? inner : {}, rest.join("."), value);
  const isRemoved = next === undefined || (rest.length > 0 && isObject(next) && Object.keys(next).length === 0);
  return isRemoved ? others : { ...document, [name]: next };
}

/** Applies changes by path. */
export const withChanges = (document: SettingsDocument, changes: Readonly<Record<string, unknown>>): SettingsDocument =>
  Object.entries(changes).reduce((changed, [path, value]) => withValueAt(changed, path, value), document);

type Tree = { [name: string]: Tree | z.ZodMiniType };

const isSchema = (node: Tree | z.ZodMiniType): node is z.ZodMiniType => "safeParse" in node;

const schemaOf = (tree: Tree): z.ZodMiniType =>
  z.strictObject(Object.fromEntries(Object.entries(tree).map(([name, node]) => [name, z.optional(isSchema(node) ? node : schemaOf(node))])));

/** The schema of a document whose values have these paths; everything is optional, and nothing else is allowed. */
export function documentSchema(paths: Readonly<Record<string, z.ZodMiniType>>): z.ZodMiniType<SettingsDocument> {
  const tree: Tree = {};
  for (const [path, schema] of Object.entries(paths)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    let node = tree;
    for (const name of names) node = (node[name] ??= {}) as Tree;
    node[last] = schema;
  }
  return schemaOf(tree) as z.ZodMiniType<SettingsDocument>;
}
