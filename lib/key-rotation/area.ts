import { defineArea } from "../shared/define-area.ts";

export const keyRotation = defineArea({
  name: "key-rotation",
  functions: {
    "linked_accounts_with_old_key(bytea, integer)": ["worker"],
    "organization_secrets_with_old_key(bytea, integer)": ["worker"],
    "site_secrets_with_old_key(bytea, integer)": ["worker"],
    "totp_credentials_with_old_key(bytea, integer)": ["worker"],
    "wlans_with_old_key(bytea, integer)": ["worker"],
  },
});
