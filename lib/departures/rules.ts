import { Fault } from "@/lib/vocabulary/fault";

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Why an account stays for now: organizations would be left without anybody who could manage them (ACC-29). */
export const ledAlone = (organizations: readonly { name: string }[]) =>
  new Fault(
    "conflict",
    `You are the only Super User of ${lists.format(organizations.map(({ name }) => name))}. Make somebody else Super User there first`,
  );

type Share = { copied: string } | { left: string };

/** What a person's copy of their data holds of each table that names an account, or why it holds nothing of it. */
export const sharesOfCopy: Record<string, Share> = {
  account_events: { copied: "history" },
  challenges: { left: "Steps of a sign-in that are over within minutes, known by hashes" },
  identities: { copied: "linkedAccounts" },
  links: { left: "Mailed links, known by hashes; that one was asked for is in the history" },
  login_tickets: { left: "Lives for a minute between a password and its session, known by a hash" },
  memberships: { copied: "memberships" },
  passkeys: { copied: "passkeys" },
  password_notices: { copied: "passwordReminders" },
  recovery_codes: { left: "Hashes of secrets; how many are left is with the second factor" },
  sessions: { copied: "sessions" },
  two_factors: { left: "A secret; since when it counts is with the second factor" },
  usage_events: { copied: "pagesOpened" },
};
