import type { SignUpPayload } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { type PasswordPolicy, passwordProblems } from "@/lib/passwords/rules";
import { AppError } from "@/lib/shared/app-error";
import type { OrgPasswordRules } from "@/lib/shared/password-rules";

export type EmailTokenState = "fresh" | "used" | "replaced" | "expired" | "unknown";

type EmailTokenStatus = { consumed: boolean; voided: boolean; expired: boolean };

/** The state of an emailed link; `used` wins over `replaced` and `expired`. */
export function emailTokenState(link: EmailTokenStatus | undefined): EmailTokenState {
  if (!link) return "unknown";
  if (link.consumed) return "used";
  if (link.voided) return "replaced";
  return link.expired ? "expired" : "fresh";
}

/** What a page says about an unusable link. */
export const emailTokenMessages: Record<Exclude<EmailTokenState, "fresh">, { title: string; text: string }> = {
  used: { title: "This link has been used", text: "Links work only once. There is nothing left to do here." },
  replaced: { title: "There is a newer link", text: "A newer email has replaced this link. Open the link in the newest one." },
  expired: { title: "This link has expired", text: "Links work for a limited time. Ask for a new one." },
  unknown: { title: "This link isn’t valid", text: "Open it from the email again, or ask for a new one." },
};

const confirmed = { title: "This email is confirmed", text: "Your account is ready. Sign in to continue." };

/** What a page says about an unusable link of a sign-up: the first one that is used voids all others of the email. */
export const signUpLinkMessages: typeof emailTokenMessages = { ...emailTokenMessages, used: confirmed, replaced: confirmed };

type AccountNames = { email: string; firstName: string; lastName: string };

/** The password policy: the rules of each organization, and the words that a password must not be based on. */
export function buildPasswordPolicy(person: AccountNames, product: string, asks: readonly OrgPasswordRules[] = []) {
  const { email, firstName, lastName } = person;
  const [mailbox = "", domain = ""] = email.split("@");
  const from = (source: string, ...names: string[]) => names.map((name) => ({ name, source }));
  return {
    asks,
    names: [
      ...from("your name", firstName, lastName),
      ...from("your email address", mailbox, domain.split(".").slice(0, -1).join(" ")),
      ...from("the name of this portal", product),
      ...from("the name of your organization", ...asks.flatMap(({ by }) => by ?? [])),
    ],
  };
}

/** The account row for a verified applicant. */
export const accountFromSignUp = ({ phone, termsAcceptedAt, browserHash: _, ...applicant }: SignUpPayload, email: string) => ({
  ...applicant,
  email,
  phone: phone || null,
  termsAcceptedAt: new Date(termsAcceptedAt),
});

const operatingSystems: readonly [RegExp, string][] = [
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

const matchName = (list: readonly [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

type ClientMetadata = { ipAddress: string | null; userAgent: string | null };

/** Browser, operating system and IP address as one readable label. */
export function describeClient(client: ClientMetadata): string {
  const text = client.userAgent ?? "";
  const device = [matchName(browsers, text) ?? "a browser", matchName(operatingSystems, text)].filter(Boolean).join(" on ");
  return client.ipAddress ? `${device}, ${client.ipAddress}` : device;
}

/** Throws a field error that lists every password rule the password violates. */
export function enforcePasswordPolicy(password: string, rules: PasswordPolicy) {
  const problems = passwordProblems(password, rules);
  if (problems.length > 0) throw new AppError("invalid", "Choose another password", { password: [problems.join(". ")] });
}

/** The error for a suspended account, with the support address. */
export const suspendedError = () => new AppError("forbidden", `This account is suspended. Write to ${brand().supportEmail}`);

export type HourCycle = "12" | "24";

/** Whether the first language of an `Accept-Language` header writes times with 12 or 24 hours. */
export function hourCycleOf(acceptLanguage: string | null): HourCycle {
  const [language = ""] = (acceptLanguage ?? "").slice(0, 100).split(/[,;]/);
  try {
    return new Intl.DateTimeFormat(language.trim(), { hour: "numeric" }).resolvedOptions().hour12 ? "12" : "24";
  } catch {
    return "12";
  }
}
