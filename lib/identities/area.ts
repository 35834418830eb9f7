import { defineArea } from "../shared/define-area.ts";

export const identities = defineArea({
  name: "identities",
  events: {
    "google.linked": "Linked Google account",
    "google.unlinked": "Unlinked Google account",
  },
  constraints: {
    identities_account_key: { message: "A Google account is already linked. Open My Account again" },
    identities_subject_key: { message: "This Google account is linked to another account" },
  },
  flashMessages: {
    "google-linked": "Google account linked. You can now sign in with it",
    "google-unlinked": "Google account unlinked",
    "google-off": "Sign in with Google isn’t set up here",
    "google-over": "Google sign-in timed out or was started in another browser. Try again",
    "google-signed-out": "You were signed out before you returned from Google, so nothing was changed. Sign in and try again",
    "google-refused": "This was refused, so nothing was changed. Try again later",
    "google-cancelled": "Nothing was changed: you cancelled at Google",
    "google-unavailable": "Google can’t be reached right now. Try again later",
    "google-failed": "Google’s response couldn’t be verified, so nothing was changed. Try again",
    "google-unverified": "Google hasn’t verified that account’s address yet. Verify it there, then try again",
    "google-taken": "That Google account is linked to another account here",
    "google-linked-before": "A Google account is already linked. Disable it first",
  },
  tables: { identities: { auth: "select, insert, update, delete" } },
  screenshots: [
    { name: "google-refused", path: "/google/refused", visitor: true },
    { name: "google-suspended", path: "/google/refused?why=suspended", visitor: true },
    { name: "account-google-enable", path: "/account?dialog=google", viewportOnly: true },
  ],
});
