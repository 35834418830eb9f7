/** One entry of a pasted list: what was typed, the part that should be an email address, and the name beside it. */
export type ListedAddress = { typed: string; address: string; name: string };

const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟＂]/g, '"'],
  [/＜/g, "<"],
  [/＞/g, ">"],
  [/＠/g, "@"],
  [/[，､、،﹐﹑︐︑]/g, ","],
  [/[；؛﹔︔]/g, ";"],
];

const asAscii = (text: string) => lookAlikes.reduce((changed, [pattern, sign]) => changed.replaceAll(pattern, sign), text);

type Piece = { text: string; /** A comma follows, which may stand within "Last, First". */ beforeComma: boolean };

/** Splits a line at commas and semicolons outside quotes and angle brackets; a quote or bracket that is never closed is plain text. */
function piecesOf(line: string): Piece[] {
  const lastOf: Record<string, number> = { '"': line.lastIndexOf('"'), ">": line.lastIndexOf(">") };
  const pieces: Piece[] = [];
  let text = "";
  let closing = "";
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    const end = character === "<" ? ">" : character === '"' ? '"' : "";
    if (!closing && (character === "," || character === ";")) {
      pieces.push({ text: text.trim(), beforeComma: character === "," });
      text = "";
      continue;
    }
    if (closing) closing = character === closing ? "" : closing;
    else if (end && (lastOf[end] ?? 0) > at) closing = end;
    text += character;
  }
  return [...pieces, { text: text.trim(), beforeComma: false }].filter((piece) => piece.text !== "");
}

const unquoted = (name: string) => name.trim().replace(/^"(.*)"$/s, "$1").replaceAll(/\\(.)/g, "$1").trim();

/** The addresses in one piece: `Name <address>`, `address (Name)`, a name beside one address, or addresses between spaces. */
function addressesIn(typed: string): ListedAddress[] {
  const [, before, within] = /^([^<]*)<([^<>]*)>$/.exec(typed) ?? [];
  if (before !== undefined && within !== undefined) {
    const [name, address] = [unquoted(before), within.trim()];
    if (!name.includes("@")) return [{ typed, address, name }];
    return [...(name === address ? [] : addressesIn(name)), { typed, address, name: "" }];
  }
  const [, bare, comment] = /^(\S+@\S+)\s+\(([^()]*)\)$/.exec(typed) ?? [];
  if (bare !== undefined && comment !== undefined) return [{ typed, address: bare, name: comment.trim() }];
  const words = typed.split(/\s+/);
  const addresses = words.filter((word) => word.includes("@"));
  if (addresses.length === words.length) return addresses.map((address) => ({ typed: address, address, name: "" }));
  const [address = typed] = addresses;
  return addresses.length === 1 ? [{ typed, address, name: unquoted(words.filter((word) => word !== address).join(" ")) }] : [{ typed, address: typed, name: "" }];
}

const isLastName = /^[\p{L}\p{M}'’ -]+$/u;

function addressesOfLine(line: string): ListedAddress[] {
  const pieces = piecesOf(line.replace(/^\s*(to|cc|bcc):/i, ""));
  return pieces.flatMap(({ text, beforeComma }, at) => {
    const [previous, next] = [pieces[at - 1], pieces[at + 1]];
    const joins = (one: Piece | undefined, other: Piece | undefined) => one?.beforeComma && isLastName.test(one.text) && other && /^[^"<@]+<[^<>]*>$/.test(other.text);
    if (joins({ text, beforeComma }, next)) return [];
    return addressesIn(joins(previous, { text, beforeComma }) ? `${previous?.text}, ${text}` : text);
  });
}

/** Reads addresses that are separated by lines, by commas or semicolons of any script, or by spaces, with or without names. */
export const parseAddressList = (text: string): ListedAddress[] => asAscii(text).split(/[\n\r\u2028\u2029]+/).flatMap(addressesOfLine);

/** First and last name of a written name: "Nora Falk" or "Falk, Nora"; a single word is a first name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [last = "", ...first] = name.split(",").map((part) => part.trim());
  if (first.length > 0) return { firstName: first.join(" ").trim(), lastName: last };
  const words = name.split(/\s+/).filter(Boolean);
  return words.length > 1 ? { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" } : { firstName: words.join(" "), lastName: "" };
}
