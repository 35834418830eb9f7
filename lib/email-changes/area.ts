import { defineArea } from "../shared/define-area.ts";

export const emailChanges = defineArea({
  name: "email-changes",
  events: {
    "email.change_requested": "Requested change of email address",
    "email.change_cancelled": "Cancelled change of email address",
    "email.changed": "Changed email address",
  },
  flashMessages: {
    "email-requested": "Email sent to the new address. Open its link to finish the change",
    "email-change-cancelled": "Your email address was not changed",
    "email-changed": "Email address changed. Sign in with the new one from now on",
  },
  screenshots: [
    { name: "account-email", path: "/account?dialog=email", viewportOnly: true },
    { name: "verify-email", path: "/verify/email/[newAddress]", visitor: true },
    { name: "verify-email-dead", path: "/verify/email/no-such-link", visitor: true },
  ],
});
