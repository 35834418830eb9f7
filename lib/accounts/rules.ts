import type { Applicant } from "@/lib/accounts/schema";
import type { PasswordAsk } from "@/lib/vocabulary/new-password";

export type LinkState = "fresh" | "used" | "replaced" | "expired" | "unknown";

type Link = { consumed: boolean; voided: boolean; expired: boolean };

/** The state of an emailed link; `used` wins over `replaced` and `expired`. */
export function stateOf(link: Link | undefined): LinkState {
  if (!link) return "unknown";
  if (link.consumed) return "used";
  if (link.voided) return "replaced";
  return link.expired ? "expired" : "fresh";
}

/** What a page says about an unusable link. */
export const linkWords: Record<Exclude<LinkState, "fresh">, { title: string; text: string }> = {
  used: { title: "This link has been used", text: "It works once, and it has worked. There is nothing more to do here." },
  replaced: { title: "There is a newer link", text: "A newer mail has replaced this link. Open the link in the newest one." },
  expired: { title: "This link is too old", text: "Links work for a limited time. Ask for a new one." },
  unknown: { title: "This link is not valid", text: "Open it from the mail again, or ask for a new one." },
};

type Named = { email: string; firstName: string; lastName: string };

/** The password policy: the rules of each organization, and the words that a password must not be based on. */
export function passwordRules(person: Named, product: string, asks: readonly PasswordAsk[] = []) {
  const { email, firstName, lastName } = person;
  const [mailbox = "", domain = ""] = email.split("@");
  return {
    asks,
    context: [product, mailbox, domain.split(".").slice(0, -1).join(" "), firstName, lastName, ...asks.flatMap(({ by }) => by ?? [])],
  };
}

/** The account row for a verified applicant. */
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

type Client = { address: string | null; browser: string | null };

/** Browser, operating system and IP address as one readable label. */
export function placeOf(client: Client): string {
  const text = client.browser ?? "";
  const device = [named(browsers, text) ?? "a browser", named(systems, text)].filter(Boolean).join(" on ");
  return client.address ? `${device}, ${client.address}` : device;
}
