import * as z from "zod/mini";
import { boundedText } from "./text-schemas";
import { withAsciiDigits } from "./typed-text";

const localPart = /^[a-z0-9_+&'=#~^$*?{}-]+(\.[a-z0-9_+&'=#~^$*?{}-]+)*$/;
const domainLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const domainCharacters = /^[\p{L}\p{M}\p{N}.-]+$/u;
const tooLongMessage = "An email address has at most 254 characters";
const encodedMessage = "This address is encoded (=?…?=). Enter it in plain characters, like name@example.com";
const invalidMessage = "Enter one email address, like name@example.com";

/** Converts an internationalized domain to Punycode. */
function asciiDomain(domain: string): string {
  if (/^[\0-\x7f]*$/.test(domain) || !domainCharacters.test(domain)) return domain;
  const url = URL.parse(`http://${domain}`);
  return url ? url.hostname : domain;
}

function normalizeDomain(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : `${address.slice(0, at)}@${asciiDomain(address.slice(at + 1))}`;
}

function isDeliverable(address: string): boolean {
  const [name = "", domain = "", ...rest] = address.split("@");
  if (rest.length > 0 || name.length > 64 || !localPart.test(name)) return false;
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((part) => domainLabel.test(part)) && /[a-z]/.test(labels.at(-1) ?? "");
}

// Mail software decodes such words (RFC 2047), so the mail could go to another recipient.
const hasEncodedWord = (address: string) => /=\?|\?=/.test(address);

/** Removes what copying adds around an address, and replaces digits and full stops of other scripts by ASCII. */
const asMeant = (typed: string) =>
  withAsciiDigits(typed)
    .replace(/^[\s\p{Cf}]+/u, "")
    .replace(/[\s\p{Cf}]+$/u, "")
    .replace(/^mailto:/i, "")
    .replaceAll("\u3002", ".");

/** A single email address, normalized to the form in which it is compared, stored and mailed. */
export const EmailAddress = boundedText(1_000, { missing: "Enter an email address", tooLong: tooLongMessage }).check(
  z.normalize("NFKC"),
  z.overwrite(asMeant),
  z.toLowerCase(),
  z.minLength(1, { error: "Enter an email address", abort: true }),
  z.maxLength(254, { error: tooLongMessage, abort: true }),
  z.overwrite(normalizeDomain),
  z.maxLength(254, { error: tooLongMessage, abort: true }),
  z.refine((address) => !hasEncodedWord(address), { error: encodedMessage, abort: true }),
  z.refine(isDeliverable, { error: invalidMessage, abort: true }),
);

export type EmailAddress = z.output<typeof EmailAddress>;
