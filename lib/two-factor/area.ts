import { defineArea } from "../shared/define-area.ts";

export const twoFactor = defineArea({
  name: "two-factor",
  events: {
    "two_factor.enabled": "Enable two-factor authentication",
    "two_factor.disabled": "Disable two-factor authentication",
    "two_factor.refused": "Second factor refused",
    "recovery_codes.renewed": "Renew recovery codes",
    "recovery_code.used": "Use recovery code",
  },
  silentConstraints: {
    recovery_codes_key: "random",
    totp_credentials_pkey: "preparing twice is ignored",
  },
  flashMessages: {
    "two-factor-disabled": "Two-factor authentication is off. Every other browser is signed out",
    "recovery-codes-stored": "Two-factor authentication is active, and your recovery codes are stored",
  },
  tables: {
    totp_credentials: { auth: "select, insert, update, delete" },
    recovery_codes: { auth: "select, insert, update, delete" },
  },
  accountPages: ["/account/two-factor", "/account/two-factor/codes"],
});
