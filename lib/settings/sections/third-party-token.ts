import { optionalSingleLine } from "@/lib/shared/text-schemas";
import { checkField, secretField, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const keyId = (label: string) => textField({ label, schema: optionalSingleLine(128), maxLength: 128, mono: true });

export const thirdPartyToken = defineSection({
  id: "third-party-token",
  title: "Third Party Token",
  description: "Keys of Cradlepoint NetCloud Manager, by which its cellular routers appear here. Create them there, under Tools.",
  fields: {
    "cradlepoint.cp_api_id": keyId("CP API ID"),
    "cradlepoint.cp_api_key": secretField({ label: "CP API key" }),
    "cradlepoint.ecm_api_id": keyId("ECM API ID"),
    "cradlepoint.ecm_api_key": secretField({ label: "ECM API key" }),
    "cradlepoint.enable_lldp": checkField({ label: "Enable LLDP on the routers" }),
  },
});
