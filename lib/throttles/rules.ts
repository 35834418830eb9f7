export type Limit = {
  /** Tries within one window. */
  most: number;
  windowSeconds: number;
  /** Whether a window ends by a pause of its length, so that no span of that length ever holds more. */
  endsByPause?: boolean;
  /** Tries without a success until only another way helps, however long one waits. */
  inARow?: number;
  /** Tries after which each further one must wait, twice as long as the one before. */
  patience?: number;
  refusal: string;
  /** What is said from then on. */
  lastRefusal?: string;
};

const minutes = 60;
const guesses = (tries: string, way: string) => ({
  most: 10,
  windowSeconds: 15 * minutes,
  endsByPause: true,
  inARow: 100,
  patience: 5,
  refusal: `There were too many ${tries}. Wait a while, or ${way}`,
  lastRefusal: `There were too many ${tries}, and waiting no longer helps: ${way}`,
});

const passwords = guesses("tries", "choose a new password by mail");
const codes = guesses("wrong codes", "choose a new password by mail and sign in again");
const tooManyTries = "There were too many tries. Wait a while before the next one";
const tooManySignIns = "There were too many sign-ins. Wait a while before the next one";
const tooManyMails = "Several mails were asked for already. Look for the newest one, or wait before asking again";

/** How often each thing may be tried, whoever tries and by whichever server (AUT-5, LNK-10). */
export const limits = {
  sign_in: passwords,
  sign_in_known: passwords,
  sign_in_address: { most: 100, windowSeconds: 15 * minutes, refusal: tooManyTries },
  passkey_address: { most: 100, windowSeconds: 15 * minutes, refusal: tooManySignIns },
  sign_in_pace: { most: 60, windowSeconds: 15 * minutes, refusal: tooManySignIns },
  sign_in_address_pace: { most: 300, windowSeconds: 15 * minutes, refusal: tooManySignIns },
  limited_entry: { most: 1, windowSeconds: 15 * minutes, refusal: tooManyTries },
  second_factor: codes,
  second_factor_anew: { most: 2, windowSeconds: 24 * 60 * minutes, refusal: codes.refusal },
  confirm: passwords,
  confirm_by_link: guesses("tries", "ask for the new address again in My Account"),
  google_address: { most: 300, windowSeconds: 15 * minutes, refusal: tooManySignIns },
  validate: guesses("tries", "create the account again with another password"),
  sign_up_mail: { most: 5, windowSeconds: 60 * minutes, refusal: tooManyMails },
  recover_mail: { most: 5, windowSeconds: 60 * minutes, refusal: tooManyMails },
  invite_mail: { most: 5, windowSeconds: 60 * minutes, refusal: tooManyMails },
  invite_mail_address: { most: 20, windowSeconds: 60 * minutes, refusal: tooManyMails },
  invite_mail_sender: { most: 100, windowSeconds: 60 * minutes, refusal: tooManyMails },
  invite_mail_organization: { most: 100, windowSeconds: 60 * minutes, refusal: tooManyMails },
  email_change_mail: { most: 5, windowSeconds: 60 * minutes, refusal: tooManyMails },
  email_change_mail_address: { most: 5, windowSeconds: 60 * minutes, refusal: tooManyMails },
  mail_address: { most: 60, windowSeconds: 60 * minutes, refusal: tooManyMails },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** The network a request comes from: one IPv4 address, or the 64 bits that an IPv6 customer has to themselves. */
export function networkOf(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const groups = (text: string) => text.split(":").filter(Boolean).map((group) => group.replace(/^0+(?=.)/, ""));
  const [first, last] = [groups(head), groups(tail)];
  const gap = address.includes("::") ? Array.from({ length: 8 - first.length - last.length }, () => "0") : [];
  return [...first, ...gap, ...last].slice(0, 4).join(":");
}

/** Whoever the work of hashing is done for: the people and links named, and the network when it is known. */
export const partiesAt = (address: string | null, ...named: string[]) => (address ? [...named, networkOf(address)] : named);
