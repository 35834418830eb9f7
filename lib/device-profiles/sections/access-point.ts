import { checkField, choiceField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { siteVariables } from "@/lib/site-settings/sections/site-variables";
import { bandFields, powerRangeErrors } from "@/lib/templates/bands";
import { optionField } from "@/lib/templates/fields";

const radio = defineSection({
  id: "radio",
  title: "Radio",
  description: "What overrides the RF template of the site.",
  fields: {
    "radio_config.full_automatic_rrm": checkField({ label: "Leave everything to radio management", hint: "Of the settings below, only channels and antenna gain count." }),
    "radio_config.indoor_use": checkField({ label: "Use outdoor models indoors", hint: "Allows the channels that are limited to indoor use." }),
    "radio_config.scanning_enabled": optionField<boolean>({ label: "Scanning radio", none: "As the RF template says", options: [{ value: true, label: "On" }, { value: false, label: "Off" }] }),
  },
});

const radios = [
  { band: "24", title: "2.4 GHz" },
  { band: "5", title: "5 GHz" },
  { band: "6", title: "6 GHz" },
] as const;

const bandSections = radios.map(({ band, title }) => {
  const path = `radio_config.band_${band}`;
  return defineSection({ id: `band-${band}`, title, description: `The radio of the ${title} band.`, fields: bandFields(path, band), check: powerRangeErrors([path]) });
});

const bluetooth = defineSection({
  id: "bluetooth",
  title: "Bluetooth",
  description: "The beacons that access points send.",
  fields: {
    "ble_config.beacon_enabled": checkField({ label: "Send beacons", fallback: true }),
    "ble_config.power_mode": choiceField({ label: "Transmit power", options: [{ value: "default", label: "Default" }, { value: "custom", label: "Custom" }] }),
    "ble_config.power": numberField({ label: "Power level", hint: "From 2 to 7.", within: "custom", min: 2, max: 7, unit: "of 7" }),
    "ble_config.beacon_rate_mode": choiceField({ label: "Beacon rate", as: "select", options: [{ value: "default", label: "Default" }, { value: "custom", label: "Custom, as below" }] }),
    "ble_config.beacon_rate": numberField({ label: "Custom beacon rate", placeholder: "Default", min: 1, max: 10, unit: "per second" }),
  },
  check: (values) => ({
    ...(values["ble_config.power_mode"] === "custom" && values["ble_config.power"] === undefined && { "ble_config.power": "Enter the power level" }),
    ...(values["ble_config.beacon_rate_mode"] === "custom" && values["ble_config.beacon_rate"] === undefined && { "ble_config.beacon_rate": "Enter the rate" }),
  }),
});

const lights = defineSection({
  id: "lights",
  title: "Lights",
  description: "The status light of access points.",
  fields: {
    "led.enabled": checkField({ label: "Status light", fallback: true }),
    "led.brightness": numberField({ label: "Brightness", min: 0, max: 255, unit: "of 255", fallback: 255 }),
  },
});

const ports = defineSection({
  id: "ports",
  title: "Ports and Power",
  description: "The wired ports of access points.",
  fields: {
    disable_eth1: checkField({ label: "eth1", line: "Ports", inverted: true }),
    disable_eth2: checkField({ label: "eth2", line: "Ports", inverted: true }),
    disable_eth3: checkField({ label: "eth3", line: "Ports", inverted: true }),
    disable_module: checkField({ label: "Module port", line: "Ports", inverted: true }),
    poe_passthrough: checkField({ label: "Power out through the module port or eth1" }),
    "uplink_port_config.dot1x": checkField({ label: "802.1X on the uplink", hint: "The switch needs the CA certificate of the organization." }),
    "uplink_port_config.keep_wlans_up_if_down": checkField({ label: "Keep WLANs up without uplink" }),
    "pwr_config.base": numberField({ label: "Additional power to ask the switch for", min: 0, max: 90_000, unit: "mW", fallback: 0 }),
    "pwr_config.prefer_usb_over_wifi": checkField({ label: "Power for USB before Wi-Fi" }),
  },
});

const mesh = defineSection({
  id: "mesh",
  title: "Mesh",
  description: "Access points without a cable reach the network by radio.",
  fields: {
    "mesh.enabled": checkField({ label: "Enable" }),
    "mesh.role": optionField<string>({ label: "Role", options: [{ value: "base", label: "Base, with a cable" }, { value: "remote", label: "Remote, by radio" }] }),
    "mesh.group": numberField({ label: "Mesh group", hint: "From 1 to 9. Only access points of the same group connect.", placeholder: "Any", min: 1, max: 9, unit: "of 9" }),
  },
});

const { vars } = siteVariables.fields;

const variables = defineSection({
  id: "variables",
  title: "Variables",
  description: "Values that templates use as {{name}}. They count before those of the site.",
  fields: {
    ...(vars && { vars: { ...vars, hint: "One per line: the name, a comma and the value.", control: { kind: "lines", rows: 4, placeholder: "vlan_guest, 200" } } }),
  },
});

export const accessPointSections = [radio, ...bandSections, bluetooth, lights, ports, mesh, variables];
