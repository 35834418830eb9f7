import "server-only";
import { domainToUnicode } from "node:url";

const scripts = ["Latin", "Cyrillic", "Greek", "Armenian", "Georgian", "Hebrew", "Arabic", "Devanagari", "Bengali", "Tamil", "Thai", "Hangul", "Cherokee"].map(
  (script) => new RegExp(String.raw`\p{Script=${script}}`, "u"),
);
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;
// Cyrillic, Greek and Armenian letters that are drawn like Latin ones.
const onlyLookalikes = /^[аеорсухіјѕԁһӏԛԝьвкмнтгѵοανρικυτεհոսց0-9-]+$/u;

const isDeceptive = (label: string) =>
  [...scripts, eastAsian].filter((script) => script.test(label)).length > 1 || (onlyLookalikes.test(label) && /[^a-z0-9-]/.test(label));

/** An email address with its Unicode domain, followed by the ASCII form when the domain can be confused with another. */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const ascii = email.slice(at + 1);
  if (!ascii.includes("xn--")) return email;
  const domain = domainToUnicode(ascii);
  if (domain === "" || domain === ascii) return email;
  const written = `${email.slice(0, at)}@${domain}`;
  return domain.split(".").some(isDeceptive) ? `${written} (${ascii})` : written;
}
