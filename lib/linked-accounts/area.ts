import { defineArea } from "../shared/define-area.ts";

export const linkedAccounts = defineArea({
  name: "linked-accounts",
  events: {
    "linked_account.linked": "Linked {subject}",
    "linked_account.unlinked": "Unlinked {subject}",
    "linked_account.failed": "Lost the link with {subject}",
  },
  silentConstraints: { linked_accounts_key: "linking an account again replaces its tokens" },
  flashMessages: {
    "account-linked": "Account linked",
    "account-unlinked": "Account unlinked",
    "account-link-off": "This application isn’t set up here",
    "account-link-over": "Linking timed out or was started in another browser. Try again",
    "account-link-cancelled": "Nothing was linked: you cancelled at the application",
    "account-link-other-account": "You signed in as somebody else meanwhile, so nothing was linked. Try again",
    "account-link-unavailable": "The application can’t be reached right now. Try again later",
    "account-link-failed": "The application’s response couldn’t be verified, so nothing was linked. Try again",
    "account-link-refused": "Your role doesn’t allow this, so nothing was linked",
  },
  tables: {
    linked_accounts: { app: "select, insert, update, delete", worker: "select, update" },
    token_revocations: { worker: "select, insert, update, delete" },
  },
  organizationRows: { linked_accounts: [{ one: "linked account" }] },
  functions: { "linked_accounts_to_refresh(integer)": ["worker"] },
  queues: { "linked_accounts.refresh": { retryLimit: 0 }, "linked_accounts.revoke": { retryLimit: 0 } },
  pages: { "settings/linked-accounts/[linkedAccountId]": { permission: "settings.read", path: "settings/linked-accounts/[linkedAccount]" } },
  actions: {
    startAccountLinkAction: {
      permission: "settings.update",
      page: "settings?dialog=link-account&application=zoom",
      button: "Continue to Zoom",
      effect: "none",
      leavesPortal: true,
    },
    unlinkAccountAction: {
      permission: "settings.update",
      page: "settings/linked-accounts/[linkedAccount]?dialog=unlink",
      button: "Unlink",
      target: "linkedAccount",
      effect: "deleted",
    },
  },
  demoTargets: { linkedAccount: { list: "settings/linked-accounts", isInserted: true } },
  screenshots: [
    { name: "linked-account", path: "/orgs/[org]/settings/linked-accounts/[linkedAccount]" },
    { name: "linked-account-unlink", path: "/orgs/[org]/settings/linked-accounts/[linkedAccount]?dialog=unlink", viewportOnly: true },
    { name: "settings-link-account", path: "/orgs/[org]/settings?dialog=link-account&application=zoom", viewportOnly: true },
  ],
});
