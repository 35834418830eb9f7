import { defineArea } from "../shared/define-area.ts";

export const twoFactor = defineArea({
  name: "two-factor",
  events: {
    "two_factor.enabled": "Enabled two-factor authentication",
    "two_factor.disabled": "Disabled two-factor authentication",
    "two_factor.refused": "Two-factor code refused",
    "recovery_codes.renewed": "Renewed recovery codes",
    "recovery_code.used": "Used recovery code",
  },
  silentConstraints: {
    recovery_codes_key: "random",
    totp_credentials_pkey: "preparing twice is ignored",
  },
  flashMessages: {
    "two-factor-disabled": "Two-factor authentication is off. All other browsers are signed out",
    "recovery-codes-stored": "Two-factor authentication is on, and your recovery codes are stored",
  },
  firstSteps: {
    "two-factor": {
      label: "Turn on two-factor authentication",
      description: "Signing in then also asks for a code from your phone.",
      path: "/account/two-factor",
      permission: "organization.read",
      position: 3,
    },
  },
  tables: {
    totp_credentials: { auth: "select, insert, update, delete" },
    recovery_codes: { auth: "select, insert, update, delete" },
  },
  accountPages: ["/account/two-factor", "/account/two-factor/codes"],
});
