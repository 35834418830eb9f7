import { type EmailTokenState, emailTokenMessages } from "@/lib/accounts/rules";
import { AppError } from "@/lib/shared/app-error";

/** Why an invitation cannot be used. */
export type InvitationProblem = Exclude<EmailTokenState, "fresh"> | "withdrawn" | "joined" | "ended" | "not_permitted" | "no_sites";

const problemTexts: Record<InvitationProblem, { title: string; text: string }> = {
  ...emailTokenMessages,
  used: {
    title: "This invitation was accepted",
    text: "If you haven’t created your login yet, use the link in the email that we sent to the invited address. Otherwise sign in.",
  },
  replaced: { title: "This link no longer works", text: "The invitation was sent again, declined or cancelled. Open the newest email, or ask for a new invitation." },
  expired: { title: "This invitation has expired", text: "Ask the person who invited you to send it again." },
  withdrawn: { title: "This invitation was cancelled", text: "Ask the organization if you expected to have access." },
  joined: { title: "You already have access", text: "This invitation was accepted. Sign in to open the organization." },
  ended: { title: "This access has ended", text: "It was limited to a day that is over. Ask the organization if you still need access." },
  not_permitted: {
    title: "This invitation is no longer valid",
    text: "The person who sent it no longer manages administrators. Ask the organization for a new invitation.",
  },
  no_sites: {
    title: "This invitation is no longer valid",
    text: "Its sites no longer exist. Ask the organization for a new invitation.",
  },
};

/** Title and text of the page for a problem. */
export const invitationProblemText = (problem: InvitationProblem) => problemTexts[problem];

/** The error for a problem. */
export function invitationError(problem: InvitationProblem): AppError {
  const { title, text } = problemTexts[problem];
  return new AppError("conflict", `${title}. ${text}`);
}

/** The error for resending an invitation that has already been accepted. */
export const alreadyAcceptedError = () => new AppError("conflict", "This invitation was accepted, so there is nothing to send again");

type SignedInAccount = { id: string; email: string } | null;
type Invitee = { email: string; accountId: string | null };

/** Who may accept: a new user, or the signed-in owner of the existing account; throws for another account. */
export function acceptorKind({ email, accountId }: Invitee, signedIn: SignedInAccount): "owner" | "newcomer" | "sign_in" {
  if (accountId === null) return "newcomer";
  if (signedIn === null) return "sign_in";
  if (signedIn.id === accountId) return "owner";
  throw new AppError("forbidden", `This invitation is for ${email}. Sign out, then sign in with that address to accept it`);
}
