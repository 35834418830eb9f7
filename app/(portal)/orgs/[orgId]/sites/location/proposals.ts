import { countries } from "@/lib/shared/countries";

/** What a place proposes for the other fields of a site. */
export type Proposal = { country?: string; timeZone?: string };

/** Dispatched at a form to propose a time zone; the field that takes it prevents the default. */
export const timeZoneProposed = "timezoneproposed";

/** A time zone to take unless somebody chose one, or in any case when somebody wants it. */
export type TimeZoneProposal = { timeZone: string; isWanted: boolean };

/** Sets the time zone unless somebody chose one, or because somebody wants it; false when it is not taken. */
export function proposeTimeZone(form: HTMLFormElement, timeZone: string, isWanted = false): boolean {
  return !form.dispatchEvent(new CustomEvent<TimeZoneProposal>(timeZoneProposed, { detail: { timeZone, isWanted }, cancelable: true }));
}

const selectOf = (form: HTMLFormElement, name: string) => {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLSelectElement ? field : undefined;
};

const labelOf = (field: HTMLSelectElement | undefined, value: string) => [...(field?.options ?? [])].find((option) => option.value === value)?.label;

/** What became of a proposal, as sentences, and a time zone that was not taken. */
export type Outcome = { sentences: string[]; otherZone?: { value: string; label: string }; /** The country that was set. */ country?: string };

/** Fills the country, where it is empty or that of an earlier proposal, and the time zone, where nobody chose one, and says so. */
export function fillFrom(form: HTMLFormElement, { country, timeZone }: Proposal, earlier?: string): Outcome {
  const [countryField, zoneField] = [selectOf(form, "country"), selectOf(form, "timeZone")];
  const sentences: string[] = [];
  const follows = countryField !== undefined && ["", earlier].includes(countryField.value) && countryField.value !== country;
  const set = follows && labelOf(countryField, country ?? "") ? country : undefined;
  if (countryField && set) {
    countryField.value = set;
    countryField.dispatchEvent(new Event("change", { bubbles: true }));
    sentences.push(`Country set to ${countries[set] ?? set}.`);
  }
  const label = timeZone && labelOf(zoneField, timeZone);
  if (!timeZone || !label || (zoneField?.value === timeZone && countryField?.value !== "" && sentences.length === 0)) return { sentences, country: set };
  if (!proposeTimeZone(form, timeZone)) return { sentences, country: set, otherZone: { value: timeZone, label } };
  return { sentences: [...sentences, `Time zone set to ${label}.`], country: set };
}
