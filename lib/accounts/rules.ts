import type { Applicant } from "@/lib/accounts/schema";

export type LinkState = "fresh" | "used" | "replaced" | "expired" | "unknown";

type Link = { consumed: boolean; voided: boolean; expired: boolean };

/** What has become of a mailed link; one that was followed stays followed, whatever happened since. */
export function stateOf(link: Link | undefined): LinkState {
  if (!link) return "unknown";
  if (link.consumed) return "used";
  if (link.voided) return "replaced";
  return link.expired ? "expired" : "fresh";
}

/** Why a link leads nowhere, and what to do instead. */
export const linkWords: Record<Exclude<LinkState, "fresh">, { title: string; text: string }> = {
  used: { title: "This link has been used", text: "It works once, and it has worked. There is nothing more to do here." },
  replaced: { title: "There is a newer link", text: "A newer mail has replaced this link. Open the link in the newest one." },
  expired: { title: "This link is too old", text: "Links work for a limited time. Ask for a new one." },
  unknown: { title: "This link is not valid", text: "Open it from the mail again, or ask for a new one." },
};

type Held = { name: string; minimum: number | null; special: boolean };
type Named = { email: string; firstName: string; lastName: string };

/** What a person's organizations ask of a password, each by its name, and the names an attacker would try first (AUT-2). */
export function passwordRules(person: Named, product: string, held: readonly Held[] = []) {
  const { email, firstName, lastName } = person;
  const [mailbox = "", domain = ""] = email.split("@");
  return {
    asks: held.map(({ name, minimum, special }) => ({ by: name, minimum, special })),
    context: [product, mailbox, domain.split(".").slice(0, -1).join(" "), firstName, lastName, ...held.map(({ name }) => name)],
  };
}

/** The columns of an account that an applicant becomes. */
export const accountOf = ({ phone, termsAcceptedAt, ...applicant }: Applicant, email: string) => ({
  ...applicant,
  email,
  phone: phone || null,
  termsAcceptedAt: new Date(termsAcceptedAt),
});

const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
];
const browsers: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const named = (list: readonly [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

/** Where something was done, as its owner would recognise it. */
export function placeOf({ address, browser }: { address: string | null; browser: string | null }): string {
  const text = browser ?? "";
  const device = [named(browsers, text) ?? "a browser", named(systems, text)].filter(Boolean).join(" on ");
  return address ? `${device}, ${address}` : device;
}
