/** What a page says once after something was done, by the word in its address. */
export const notices: Record<string, string> = {
  "signed-out": "You are signed out",
  "address-validated": "Your address is validated. Sign in to begin",
  "mail-sent-again": "The mail is on its way again",
  "password-changed": "Your new password is set. Sign in with it",
  "organization-created": "Organization created, with its Primary Site",
  "site-created": "Site created",
  "site-saved": "Site saved",
  "site-deleted": "Site deleted",
  "administrator-invited": "Invitation sent",
  "invitation-resent": "Invitation sent again. Older links no longer work",
  "invitation-cancelled": "Invitation cancelled",
  "administrator-saved": "Administrator saved",
  "access-revoked": "Access revoked",
  "sign-in-to-accept": "Sign in with the invited address, then accept the invitation",
  "joined": "You are now an administrator of this organization",
};

/** The sentence for a notice in the address, or nothing for a word nobody wrote. */
export function noticeOf(asked: string | string[] | undefined): string | undefined {
  const [key = ""] = [asked ?? ""].flat();
  return Object.hasOwn(notices, key) ? notices[key] : undefined;
}
