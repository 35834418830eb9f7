/** The account a page was rendered for, none while signed out, and the organization it is about. */
export type PageIdentity = { accountId: string | null; email: string | null; orgId: string | null };

/** Names of the hidden fields in which every form sends the identity of its page. */
export const identityFields = { accountId: "$accountId", email: "$accountEmail", orgId: "$orgId" } as const;

/** Reads the identity that a form carries, or undefined when it carries none. */
export function readPageIdentity(form: FormData): PageIdentity | undefined {
  const [accountId, email, orgId] = [identityFields.accountId, identityFields.email, identityFields.orgId].map((name) => form.get(name));
  if (typeof accountId !== "string") return undefined;
  return { accountId: shortText(accountId), email: shortText(email), orgId: shortText(orgId) };
}

const maxLength = 254;
const shortText = (value: unknown) => (typeof value === "string" && value !== "" ? value.slice(0, maxLength) : null);
