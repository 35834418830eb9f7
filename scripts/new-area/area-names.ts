/** The forms of an area's name that its files use, by their placeholder in the templates. */
export type AreaNames = Record<"folder" | "table" | "items" | "Items" | "item" | "Item" | "key" | "slug" | "Label" | "Labels" | "Sentence" | "noun" | "nouns", string>;

const capitalize = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const pascal = (slug: string) => slug.split("-").map(capitalize).join("");
const camel = (slug: string) => pascal(slug).replace(/^./, (letter) => letter.toLowerCase());
const titleCase = (slug: string) => slug.split("-").map(capitalize).join(" ");

/** The singular of a regular English plural in kebab case. */
export function singularOf(plural: string): string {
  if (plural.endsWith("ies")) return `${plural.slice(0, -3)}y`;
  if (/(s|x|z|ch|sh)es$/.test(plural)) return plural.slice(0, -2);
  return plural.replace(/s$/, "");
}

/** All forms of an area's name, from its plural and singular in kebab case. */
export function areaNames(plural: string, singular = singularOf(plural)): AreaNames {
  for (const name of [plural, singular]) {
    if (!/^[a-z]+(-[a-z]+)*$/.test(name)) throw new Error(`"${name}" is not a name in lower case, such as parcels or cable-runs`);
  }
  if (plural === singular) throw new Error(`"${plural}" is not a plural. Give the singular too: npm run new-area people person`);
  const [noun, nouns] = [singular.replaceAll("-", " "), plural.replaceAll("-", " ")];
  return {
    folder: plural,
    table: plural.replaceAll("-", "_"),
    items: camel(plural),
    Items: pascal(plural),
    item: camel(singular),
    Item: pascal(singular),
    key: singular.replaceAll("-", "_"),
    slug: singular,
    Label: titleCase(singular),
    Labels: titleCase(plural),
    Sentence: capitalize(noun),
    noun,
    nouns,
  };
}

/** Replaces the placeholders, such as `__item__`, in a template or its path. */
export const fillIn = (text: string, names: AreaNames): string =>
  text.replaceAll(/__([A-Za-z]+?)__/g, (placeholder, name: string) => (Object.hasOwn(names, name) ? names[name as keyof AreaNames] : placeholder));
