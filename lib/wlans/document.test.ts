import { expect, test } from "vitest";
import { withChanges } from "@/lib/shared/settings/document";
import { namesOf, typedWlanChanges, wlanFormValues, wlanTexts } from "@/lib/wlans/rules";
import { CreateWlan, WlanDocument } from "@/lib/wlans/schema";

const templateId = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
const parsed = (document: Record<string, unknown>, typed: Record<string, string> = {}) => CreateWlan.parse({ ...wlanFormValues({ templateId, version: 1, document }), ...typed });

const dynamic = {
  ssid: "Office",
  bands: ["5", "6"],
  auth: { type: "eap", pairwise: ["wpa2-ccmp", "wpa3"] },
  auth_servers: [{ host: "{{radius}}", port: 1812 }, { host: "radius.example.net" }],
  vlan_enabled: true,
  dynamic_vlan: { enabled: true, type: "airespace-interface-name", default_vlan_ids: ["{{vlan9}}", "20-30"], vlans: { "{{vlan0}}": "guest", "131": "" } },
};

test("SIT-15: the document of a WLAN has the published names, and its form changes nothing when it is saved", () => {
  expect(WlanDocument.safeParse(dynamic).success).toBe(true);
  for (const document of [dynamic, { ssid: "Guest" }, { ssid: "Guest", vlan_enabled: true, vlan_id: 20 }]) expect(typedWlanChanges(document, parsed(document))).toEqual({ values: {}, secrets: {} });
});

test("SIT-15: keys that no field shows survive, and another kind of VLAN leaves what was typed for the first one", () => {
  const stored = { ...dynamic, band_steer: true };
  const { values } = typedWlanChanges(stored, parsed(stored, { vlan: "untagged" }));
  expect(withChanges(stored, values)).toEqual({ ...stored, vlan_enabled: undefined, dynamic_vlan: { ...dynamic.dynamic_vlan, enabled: undefined } });
});

test("SIT-14: the variables of a WLAN are those of its texts that apply", () => {
  expect(namesOf(wlanTexts(dynamic, { "auth_servers.secret": "{{radius_secret}}" })).toSorted()).toEqual(["radius", "radius_secret", "vlan0", "vlan9"]);
  expect(namesOf(wlanTexts({ ...dynamic, vlan_enabled: false, auth: { type: "open" } }, { "auth.psk": "{{unused}}" }))).toEqual([]);
  expect(namesOf(wlanTexts({ ssid: "a", auth: { type: "psk" } }, { "auth.psk": "{{key}}" }))).toEqual(["key"]);
});
