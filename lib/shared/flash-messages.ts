/** The messages that a page shows once after an action, by the key in its query. */
export const flashMessages: Record<string, string> = {
  "signed-out": "You are signed out",
  "account-deleted": "Your account is deleted, and you are signed out",
  "address-validated": "Your address is validated. Sign in to begin",
  "two-factor-disabled": "Two-factor authentication is off. Every other browser is signed out",
  "recovery-codes-stored": "Two-factor authentication is active, and your recovery codes are stored",
  "mail-sent-again": "The mail is on its way again",
  "password-changed": "Your new password is set. Sign in with it",
  "password-changed-of-several": "Your new password is set. Sign in with it, then look through what else opens your account",
  "organization-created": "Organization created, with its Primary Site",
  "site-created": "Site created",
  "site-saved": "Site saved",
  "site-deleted": "Site deleted",
  "administrator-invited": "Invitation sent",
  "invitation-resent": "Invitation sent again. Older links no longer work",
  "invitation-cancelled": "Invitation cancelled",
  "administrator-saved": "Administrator saved",
  "access-revoked": "Access revoked",
  "sessions-ended": "Sessions ended",
  "reset-sent": "The mail with the reset link is on its way",
  "session-ended": "Session ended",
  "other-sessions-ended": "All other browsers are signed out",
  "sign-in-to-accept": "Sign in with the invited address, then accept the invitation",
  "google-linked": "Your Google account is linked. You can sign in with it from now on",
  "google-unlinked": "Your Google account is no longer linked",
  "google-off": "Sign in with Google is not set up here",
  "google-over": "The way to Google and back took too long, or began in another browser. Try again",
  "google-signed-out": "You were signed out before you were back from Google, so nothing was changed. Sign in and try again",
  "google-refused": "The portal refused this, so nothing was changed. Try again in a while",
  "google-cancelled": "Nothing was changed: Google was left before the end",
  "google-unavailable": "Google cannot be reached right now. Try again in a while",
  "google-failed": "Google's answer could not be trusted, so nothing was changed. Try again",
  "google-unverified": "Google has not verified the address of that account yet. Verify it there, then try again",
  "google-taken": "That Google account is linked with another account here",
  "google-linked-before": "A Google account is linked already. Disable it first",
  "account-saved": "Your account is saved",
  "account-unchanged": "Nothing was changed, so there was nothing to save",
  "new-password-saved": "Saved, with your new password. Every other browser is signed out",
  "two-factor-prepared": "Saved. Now verify a code of your authenticator app",
  "privacy-saved": "Your privacy choice is saved",
  "email-requested": "A mail is on its way to the new address. Open its link to finish the change",
  "email-change-cancelled": "Your address stays as it is",
  "email-changed": "Your address is changed. You sign in with it from now on",
  "passkey-added": "Your passkey is added. You can sign in with it from now on",
  "passkey-renamed": "Your passkey is renamed",
  "passkey-removed": "The passkey is removed and opens nothing any more",
  "joined": "You are now an administrator of this organization",
};

type QueryValue = string | string[] | undefined;

// The query value is the key, optionally followed by an underscore and the request id.
function parseFlash(value: QueryValue) {
  const [text = ""] = [value ?? ""].flat();
  const [key = "", requestId = ""] = text.split("_", 2);
  return { key, requestId };
}

/** Returns the message for a query value, or undefined for an unknown key. */
export function flashMessage(value: QueryValue): string | undefined {
  const { key } = parseFlash(value);
  return Object.hasOwn(flashMessages, key) ? flashMessages[key] : undefined;
}

/** Returns the request id in a query value. */
export function flashRequestId(value: QueryValue): string | undefined {
  const { requestId } = parseFlash(value);
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(requestId) ? requestId : undefined;
}

/** Adds the request id to the message key of a path unless it has one. */
export const withFlashRequestId = (path: string, requestId: string | null): string =>
  requestId ? path.replace(/([?&]notice=[a-z-]+)(?=[&#]|$)/, `$1_${requestId}`) : path;

/** Adds a message key to a path. */
export const withFlashMessage = (path: string, key: string): string => `${path}${path.includes("?") ? "&" : "?"}notice=${key}`;
