import { defineArea } from "../shared/define-area.ts";

export const passkeys = defineArea({
  name: "passkeys",
  events: {
    "passkey.added": "Added passkey",
    "passkey.renamed": "Renamed passkey",
    "passkey.removed": "Removed passkey",
  },
  constraints: { passkeys_credential_key: { field: "name", message: "This passkey is already registered" } },
  flashMessages: {
    "passkey-added": "Passkey added. You can now sign in with it",
    "passkey-renamed": "Passkey renamed",
    "passkey-removed": "Passkey removed. It can no longer sign you in",
  },
  tables: { passkeys: { auth: "select, insert, update, delete" } },
});
