import { defineArea } from "../shared/define-area.ts";

export const profile = defineArea({
  name: "profile",
  events: {
    "account.updated": "Changed {fields} of own account",
    "password.changed": "Changed password",
  },
  flashMessages: {
    "account-saved": "Account saved",
    "account-unchanged": "No changes to save",
    "new-password-saved": "Saved, with your new password. All other browsers are signed out",
  },
  accountPages: ["/account"],
  screenshots: [
    { name: "account", path: "/account" },
    { name: "account-utilities", path: "/account", open: "Utilities", viewportOnly: true },
    { name: "account-organization", path: "/account?dialog=organization", viewportOnly: true },
  ],
});
