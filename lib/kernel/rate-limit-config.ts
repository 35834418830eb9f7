export type RateLimit = {
  /** Attempts per window. */
  maxAttempts: number;
  windowSeconds: number;
  /** The window restarts only after a pause of its length, instead of a window length after its start. */
  requiresPause?: boolean;
  /** Attempts without a success after which waiting no longer helps. */
  maxConsecutive?: number;
  /** Attempts after which the delay doubles with each further one. */
  attemptsBeforeDelay?: number;
  message: string;
  /** The message once `maxConsecutive` is reached. */
  exhaustedMessage?: string;
};

const minutes = 60;
const guessLimit = (attempts: string, remedy: string) => ({
  maxAttempts: 10,
  windowSeconds: 15 * minutes,
  requiresPause: true,
  maxConsecutive: 100,
  attemptsBeforeDelay: 5,
  message: `Too many ${attempts}. Wait a while, or ${remedy}`,
  exhaustedMessage: `Too many ${attempts}, and waiting no longer helps: ${remedy}`,
});

const passwords = guessLimit("attempts", "reset your password");
const codes = guessLimit("wrong codes", "reset your password and sign in again");
const tooManyTries = "Too many attempts. Wait a while and try again";
const tooManySignIns = "Too many sign-ins. Wait a while and try again";
const tooManyMails = "We already sent several emails. Use the newest one, or wait before you try again";

/** All rate limits, shared by all servers through the database. */
export const rateLimits = {
  sign_in: passwords,
  sign_in_trusted_device: passwords,
  sign_in_network: { maxAttempts: 100, windowSeconds: 15 * minutes, message: tooManyTries },
  passkey_network: { maxAttempts: 100, windowSeconds: 15 * minutes, message: tooManySignIns },
  sign_in_total: { maxAttempts: 60, windowSeconds: 15 * minutes, message: tooManySignIns },
  sign_in_network_total: { maxAttempts: 300, windowSeconds: 15 * minutes, message: tooManySignIns },
  rate_limit_audit: { maxAttempts: 1, windowSeconds: 15 * minutes, message: tooManyTries },
  second_factor: codes,
  second_factor_reset: { maxAttempts: 2, windowSeconds: 24 * 60 * minutes, message: codes.message },
  reauthentication: passwords,
  email_change_confirmation: guessLimit("attempts", "ask for the new address again in My Account"),
  google_network: { maxAttempts: 300, windowSeconds: 15 * minutes, message: tooManySignIns },
  account_link: { maxAttempts: 30, windowSeconds: 15 * minutes, message: tooManyTries },
  connection_test: { maxAttempts: 20, windowSeconds: 15 * minutes, message: "Too many tests. Wait a while and try again" },
  geocoder: { maxAttempts: 1, windowSeconds: 1, message: "The address search is busy. Wait a moment and try again" },
  account_validation: guessLimit("attempts", "create the account again with another password"),
  sign_up_mail: { maxAttempts: 5, windowSeconds: 60 * minutes, message: tooManyMails },
  sign_up_mail_recipient: { maxAttempts: 30, windowSeconds: 60 * minutes, message: tooManyMails },
  recover_mail: { maxAttempts: 5, windowSeconds: 60 * minutes, message: tooManyMails },
  invite_mail: { maxAttempts: 5, windowSeconds: 60 * minutes, message: tooManyMails },
  invite_mail_recipient: { maxAttempts: 20, windowSeconds: 60 * minutes, message: tooManyMails },
  invite_mail_sender: { maxAttempts: 100, windowSeconds: 60 * minutes, message: tooManyMails },
  invite_mail_organization: { maxAttempts: 100, windowSeconds: 60 * minutes, message: tooManyMails },
  email_change_mail: { maxAttempts: 5, windowSeconds: 60 * minutes, message: tooManyMails },
  email_change_mail_recipient: { maxAttempts: 5, windowSeconds: 60 * minutes, message: tooManyMails },
  mail_network: { maxAttempts: 60, windowSeconds: 60 * minutes, message: tooManyMails },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof rateLimits;

/** The network of an IP address: the IPv4 address itself, or the /64 prefix of an IPv6 address. */
export function ipNetwork(ip: string | null): string {
  if (!ip?.includes(":")) return ip ?? "unknown";
  const [head = "", tail = ""] = ip.toLowerCase().split("::");
  const groups = (text: string) => text.split(":").filter(Boolean).map((group) => group.replace(/^0+(?=.)/, ""));
  const [first, last] = [groups(head), groups(tail)];
  const gap = ip.includes("::") ? Array.from({ length: 8 - first.length - last.length }, () => "0") : [];
  return [...first, ...gap, ...last].slice(0, 4).join(":");
}

/** The keys that share the password hashing queue: the given names, and the network when it is known. */
export const hashQueueKeys = (ip: string | null, ...names: string[]) => (ip ? [...names, ipNetwork(ip)] : names);
