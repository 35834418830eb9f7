import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { cloneDeviceProfile, createDeviceProfile, deleteDeviceProfile, exportDeviceProfiles, updateDeviceProfile } from "@/lib/device-profiles/commands";
import { getDeviceProfile, listDeviceProfiles } from "@/lib/device-profiles/queries";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { ApProfileDocument, GatewayProfileDocument, SwitchProfileDocument } from "@/lib/device-profiles/schema";
import { templateFormValues } from "@/lib/templates/rules";
import { collect, latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { race } from "@/lib/testing/race";

type Typed = Record<string, unknown>;

/** Saves the page of a profile with some fields changed. */
const save = async (actor: Actor, templateId: string, typed: Typed) =>
  updateDeviceProfile.fromRaw(actor, { ...templateFormValues(deviceProfileKind, await getDeviceProfile(actor, { templateId })), ...typed });

async function newProfile(type = "ap") {
  const superUser = await newSuperUser();
  const { id: templateId } = await createDeviceProfile(superUser, { name: "Warehouse", type });
  return { superUser, templateId };
}

describe("SIT-15: a device profile is created, changed, cloned and deleted", () => {
  const documents = { ap: ApProfileDocument, switch: SwitchProfileDocument, gateway: GatewayProfileDocument };

  test.each<[keyof typeof documents, Typed, Typed]>([
    [
      "ap",
      { "radio_config.band_5.power": "11", "led.enabled": "", "ip_config.type": "static", "ip_config.ip": "{{ap_ip}}", "ip_config.netmask": "255.255.255.0", "ip_config.gateway": "{{gateway}}", ntp_servers: "ntp.example.net\n{{ntp}}" },
      { radio_config: { band_5: { power: 11 } }, led: { enabled: false }, ip_config: { type: "static", ip: "{{ap_ip}}", netmask: "255.255.255.0", gateway: "{{gateway}}" }, ntp_servers: ["ntp.example.net", "{{ntp}}"] },
    ],
    ["switch", { dns_servers: "192.0.2.53", additional_config_cmds: "set snmp location {{city}}" }, { dns_servers: ["192.0.2.53"], additional_config_cmds: ["set snmp location {{city}}"] }],
    ["gateway", { dnsOverride: "true", dns_servers: "2001:db8::53", router_id: "{{router}}" }, { dnsOverride: true, dns_servers: ["2001:db8::53"], router_id: "{{router}}" }],
  ])("SIT-14: the settings of a profile of type %s are saved under the published names, with variables", async (type, typed, settings) => {
    const { superUser, templateId } = await newProfile(type);
    await save(superUser, templateId, { ...typed, name: "Depot" });
    const { document, ...profile } = await getDeviceProfile(superUser, { templateId });
    expect(profile).toMatchObject({ name: "Depot", type, version: 2 });
    expect(document).toEqual({ name: "Depot", ...settings });
    expect(documents[type].safeParse(document).success).toBe(true);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "device_profile.updated", change: { before: { name: "Warehouse" }, after: { name: "Depot" } } });
  });

  test("a clone keeps type and settings, and a deleted profile is gone", async () => {
    const { superUser, templateId } = await newProfile("switch");
    await save(superUser, templateId, { dns_servers: "192.0.2.53" });
    const copy = await cloneDeviceProfile(superUser, { templateId, name: "Office" });
    expect(await getDeviceProfile(superUser, { templateId: copy.id })).toMatchObject({ name: "Office", type: "switch", version: 1, document: { dns_servers: ["192.0.2.53"] } });
    await deleteDeviceProfile(superUser, { templateId });
    expect((await listDeviceProfiles(superUser, {})).rows).toMatchObject([{ name: "Office", type: "switch" }]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ message: "Deleted device profile Warehouse", change: { before: { type: "switch", dns_servers: ["192.0.2.53"] } } });
    expect(await race([deleteDeviceProfile(superUser, { templateId }), cloneDeviceProfile(superUser, { templateId, name: "Late" })])).toEqual(["not_found", "not_found"]);
  });

  test("X-6: an outdated save is refused, and one without changes writes nothing", async () => {
    const { superUser, templateId } = await newProfile();
    const opened = templateFormValues(deviceProfileKind, await getDeviceProfile(superUser, { templateId }));
    await save(superUser, templateId, {});
    expect(await listAuditEntries(superUser)).toHaveLength(1);
    await save(superUser, templateId, { "mesh.group": "3" });
    await expect(updateDeviceProfile.fromRaw(superUser, { ...opened, "mesh.group": "4" })).rejects.toMatchObject({ code: "conflict", currentValues: { "mesh.group": "3" } });
  });

  test.each<[string, Typed, string]>([
    ["ap", { "ip_config.type": "static" }, "ip_config.ip"],
    ["ap", { "ip_config.vlan_id": "4095" }, "ip_config.vlan_id"],
    ["ap", { "aeroscout.enabled": "true" }, "aeroscout.host"],
    ["ap", { "aeroscout.host": "-host" }, "aeroscout.host"],
    ["ap", { "ble_config.power_mode": "custom" }, "ble_config.power"],
    ["ap", { "ble_config.beacon_rate_mode": "custom" }, "ble_config.beacon_rate"],
    ["ap", { "led.brightness": "256" }, "led.brightness"],
    ["ap", { ntp_servers: "192.0.2.300" }, "ntp_servers"],
    ["ap", { ntp_servers: "{{ntp" }, "ntp_servers"],
    ["switch", { dns_suffix: "exa mple" }, "dns_suffix"],
    ["gateway", { router_id: "2001:db8::1" }, "router_id"],
  ])("X-4: in a profile of type %s, %o is an error beside its field", async (type, typed, field) => {
    const { superUser, templateId } = await newProfile(type);
    await expect(save(superUser, templateId, typed)).rejects.toMatchObject({ code: "invalid", fields: { [field]: [expect.any(String)] } });
  });

  test("the type never changes, and an unknown one is refused", async () => {
    const { superUser, templateId } = await newProfile("switch");
    const other = await createDeviceProfile(superUser, { name: "Gate", type: "gateway" });
    const values = templateFormValues(deviceProfileKind, await getDeviceProfile(superUser, { templateId: other.id }));
    await expect(updateDeviceProfile.fromRaw(superUser, { ...values, templateId })).rejects.toMatchObject({ code: "invalid" });
    await expect(createDeviceProfile(superUser, { name: "Radio", type: "toaster" })).rejects.toMatchObject({ code: "invalid", fields: { type: [expect.any(String)] } });
    await expect(createDeviceProfile(superUser, { name: "WAREHOUSE", type: "ap" })).rejects.toMatchObject({ code: "conflict", fields: { name: ["A device profile with this name already exists"] } });
  });
});

test("SIT-15, TEN-3: scoped people read profiles and change none, and another organization has none", async () => {
  const { superUser, templateId } = await newProfile();
  const scoped = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
  expect((await listDeviceProfiles(scoped, {})).rows).toMatchObject([{ name: "Warehouse" }]);
  expect(await race([deleteDeviceProfile(scoped, { templateId }), save(scoped, templateId, {}), createDeviceProfile(scoped, { name: "Mine", type: "ap" })])).toEqual(["forbidden", "forbidden", "forbidden"]);
  const stranger = await newSuperUser();
  expect(await race([getDeviceProfile(stranger, { templateId }), deleteDeviceProfile(stranger, { templateId })])).toEqual(["not_found", "not_found"]);
  const batches = await collect(await exportDeviceProfiles(superUser, { search: "ware" }));
  expect(batches.flat()).toMatchObject([{ name: "Warehouse", type: "ap" }]);
  expect(await latestAuditEntry(superUser)).toMatchObject({ name: "device_profile.exported" });
});
