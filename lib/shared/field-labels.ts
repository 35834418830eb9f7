const labels: Readonly<Record<string, string>> = {
  groups: "site groups",
  hourCycle: "time format",
  latlng: "coordinates",
  macFormat: "MAC address format",
  phone: "primary phone",
  rfTemplate: "RF template",
  secondPhone: "secondary phone",
  streetAddress: "address",
  twoFactor: "two-factor authentication",
};

const inWords = (name: string) => name.replaceAll(/(?<=[^A-Z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " ");

/** The name of a field of an audit entry in words: "time zone"; a title stays as it is. */
export const fieldLabel = (name: string): string => (Object.hasOwn(labels, name) ? String(labels[name]) : name.includes(" ") ? name : inWords(name));

const maxNamed = 3;
const listFormat = new Intl.ListFormat("en-GB");

/** The fields of a change in words: "address and country", "name, country and 2 more fields". */
export function fieldsText(names: readonly string[]): string {
  if (names.length === 0) return "details";
  const shown = names.length > maxNamed ? [...names.slice(0, maxNamed - 1).map(fieldLabel), `${names.length - maxNamed + 1} more fields`] : names.map(fieldLabel);
  return listFormat.format(shown);
}
