import { defineArea } from "../shared/define-area.ts";

export const passkeys = defineArea({
  name: "passkeys",
  events: {
    "passkey.added": "Added passkey",
    "passkey.renamed": "Renamed passkey",
    "passkey.removed": "Removed passkey",
  },
  constraints: { passkeys_credential_key: { field: "name", message: "This passkey is registered already" } },
  flashMessages: {
    "passkey-added": "Your passkey is added. You can sign in with it from now on",
    "passkey-renamed": "Your passkey is renamed",
    "passkey-removed": "The passkey is removed and opens nothing any more",
  },
  tables: { passkeys: { auth: "select, insert, update, delete" } },
});
