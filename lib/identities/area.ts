import { defineArea } from "../shared/define-area.ts";

export const identities = defineArea({
  name: "identities",
  events: {
    "google.linked": "Linked Google account",
    "google.unlinked": "Unlinked Google account",
  },
  constraints: {
    identities_account_key: { message: "A Google account is linked already. Open My Account again" },
    identities_subject_key: { message: "This Google account is linked with another account" },
  },
  flashMessages: {
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
  },
  tables: { identities: { auth: "select, insert, update, delete" } },
  screenshots: [
    { name: "google-refused", path: "/google/refused", visitor: true },
    { name: "google-suspended", path: "/google/refused?why=suspended", visitor: true },
    { name: "account-google-enable", path: "/account?dialog=google", viewportOnly: true },
  ],
});
