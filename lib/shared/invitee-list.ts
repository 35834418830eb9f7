import { parseAddressList, splitName } from "./address-list";
import { AppError } from "./app-error";
import { EmailAddress } from "./email-address";
import { mostInvitees, noInvitees } from "./invitee-limits";
import { parseCsv, unescapeFormula } from "./parse-csv";
import { fullName } from "./person-name";
import { optionalPersonName, phoneNumber } from "./text-schemas";

type Person = { email: string; firstName: string; lastName: string; phone: string };

/** One person of a list: as typed, what was understood, and what is wrong with it. */
export type Invitee = Person & { typed: string; fault?: string };

const columnNames = {
  email: ["email", "emailaddress", "mail", "address"],
  firstName: ["firstname", "first", "givenname", "forename"],
  lastName: ["lastname", "last", "surname", "familyname"],
  name: ["name", "fullname", "displayname"],
  phone: ["phone", "phonenumber", "telephone", "mobile"],
};
type Column = keyof typeof columnNames;

const columnOf = (title: string) =>
  (Object.keys(columnNames) as Column[]).find((column) => columnNames[column].includes(title.toLowerCase().replaceAll(/[^a-z]/g, "")));

/** The rows of a list with a header that has an email column; undefined for any other text. */
function parseTable(text: string): (Person & { typed: string })[] | undefined {
  const [head = ""] = text.trimStart().split(/[\r\n]/, 1);
  if (head.includes("@")) return undefined;
  for (const delimiter of ["\t", ";", ","]) {
    const titles = head.split(delimiter).map((title) => columnOf(title));
    if (!titles.includes("email") || (titles.length === 1 && delimiter !== ",")) continue;
    return parseCsv(text, delimiter).slice(1).map((cells) => {
      const cell = (column: Column) => unescapeFormula(cells[titles.indexOf(column)] ?? "");
      const names = splitName(cell("name"));
      return {
        typed: cell("email") || cells.filter(Boolean).join(" "),
        email: cell("email"),
        firstName: cell("firstName") || (titles.includes("lastName") ? "" : names.firstName),
        lastName: cell("lastName") || (titles.includes("firstName") ? "" : names.lastName),
        phone: cell("phone"),
      };
    });
  }
  return undefined;
}

const fields = {
  email: { schema: EmailAddress, fault: "not an email address" },
  firstName: { schema: optionalPersonName, fault: "the first name isn’t valid" },
  lastName: { schema: optionalPersonName, fault: "the last name isn’t valid" },
  phone: { schema: phoneNumber, fault: "the phone number isn’t valid" },
};

function checkPerson({ typed, ...person }: Person & { typed: string }): Invitee {
  const checked: Invitee = { ...person, typed: typed.slice(0, 200) };
  for (const name of ["email", "firstName", "lastName", "phone"] as const) {
    const parsed = fields[name].schema.safeParse(person[name]);
    if (parsed.success) checked[name] = parsed.data;
    else checked.fault ??= fields[name].fault;
  }
  return checked;
}

/** The people of a list within its bounds; throws with the reason beside the field. */
export function readInvitees(text: string): Invitee[] {
  const refused = (reason: string) => new AppError("invalid", "Check the marked fields", { people: [reason] });
  try {
    const people = parseInvitees(text);
    if (people.length === 0) throw refused(noInvitees);
    if (people.length > mostInvitees) throw refused(`Invite at most ${mostInvitees} people at once`);
    return people;
  } catch (error) {
    throw error instanceof AppError && !error.fields ? refused(error.message) : error;
  }
}

/** The people in a pasted list of addresses or in the text of a CSV file; each address once, and faulty entries with their fault. */
export function parseInvitees(text: string): Invitee[] {
  const plain = text.replace(/^\uFEFF/, "");
  const listed = parseTable(plain) ?? parseAddressList(plain).map(({ typed, address, name }) => ({ typed, email: address, phone: "", ...splitName(name) }));
  const seen = new Set<string>();
  return listed.map(checkPerson).map((person) => {
    const isRepeated = !person.fault && seen.has(person.email);
    seen.add(person.email);
    return isRepeated ? { ...person, fault: "listed more than once" } : person;
  });
}

/** The label of an entry in the results: name and address, or the text as typed. */
export function inviteeLabel({ typed, fault, ...person }: Invitee): string {
  if (fault) return typed || "A row without an address";
  const name = fullName(person);
  return name ? `${name} (${person.email})` : person.email;
}
