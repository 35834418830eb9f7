import * as z from "zod/mini";

const local = /^[a-z0-9_+&'=#~^$*?{}-]+(\.[a-z0-9_+&'=#~^$*?{}-]+)*$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const domainCharacters = /^[\p{L}\p{M}\p{N}.-]+$/u;
const refusal = "Enter one address, like name@example.com";

/** Writes a domain in the letters of the mail system, so that one domain has one spelling. */
function asciiDomain(domain: string): string {
  if (/^[\0-\x7f]*$/.test(domain) || !domainCharacters.test(domain)) return domain;
  const url = URL.parse(`http://${domain}`);
  return url ? url.hostname : domain;
}

function oneSpelling(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : `${address.slice(0, at)}@${asciiDomain(address.slice(at + 1))}`;
}

function deliverable(address: string): boolean {
  const [name = "", domain = "", ...rest] = address.split("@");
  if (rest.length > 0 || name.length > 64 || !local.test(name)) return false;
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((part) => label.test(part)) && /[a-z]/.test(labels.at(-1) ?? "");
}

/** One address of one person, in the only spelling it is compared, stored and mailed in (LNK-8). */
export const EmailAddress = z
  .string("Enter an address")
  .check(
    z.maxLength(1_000, refusal),
    z.normalize("NFKC"),
    z.trim(),
    z.toLowerCase(),
    z.overwrite(oneSpelling),
    z.minLength(1, "Enter an address"),
    z.maxLength(254, "An address has at most 254 characters"),
    z.refine(deliverable, { error: refusal, abort: true }),
  );

export type EmailAddress = z.output<typeof EmailAddress>;
