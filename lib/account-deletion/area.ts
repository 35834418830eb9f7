import { defineArea } from "../shared/define-area.ts";

export const accountDeletion = defineArea({
  name: "account-deletion",
  events: { "account.deleted": "Deleted account of {subject}" },
  flashMessages: { "account-deleted": "Your account was deleted" },
  functions: {
    "orgs_with_sole_super_user()": ["auth"],
    "lock_orgs_for_account_deletion()": ["auth"],
  },
  screenshots: [{ name: "account-delete", path: "/account?dialog=delete", viewportOnly: true }],
});
