import * as z from "zod/mini";
import { valueAt } from "@/lib/shared/settings/document";
import { checkField, numberField, textField } from "@/lib/shared/settings/fields";
import { defineSection, type SettingsField } from "@/lib/shared/settings/section";
import { optionalSingleLine } from "@/lib/shared/text-schemas";

/** A number that counts while its mode is custom; without one the mode is the default. */
function customField(mode: string, base: SettingsField): SettingsField {
  const [path = ""] = Object.keys(base.document);
  return {
    ...base,
    document: { ...base.document, [mode]: z.enum(["default", "custom"]) },
    defaults: { ...base.defaults, [mode]: "default" },
    toForm: (document) => (valueAt(document, mode) === "custom" ? base.toForm(document) : ""),
    toDocument: (value) => ({ [mode]: value === undefined ? undefined : "custom", [path]: value }),
  };
}

const pattern = (length: number, shape: RegExp, message: string) => optionalSingleLine(length).check(z.refine((text) => text === "" || shape.test(text), message), z.toLowerCase());
const hexField = (label: string, digits: number) =>
  textField({ label, hint: `${digits} hexadecimal digits.`, schema: pattern(digits, new RegExp(`^[\\da-f]{${digits}}$`, "i"), `Enter ${digits} hexadecimal digits`), maxLength: digits, mono: true });
const uuid = pattern(36, /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "Enter a UUID, like f3f17139-704a-f03a-2786-0400279e37c3");
const webAddress = optionalSingleLine(100).check(z.refine((text) => text === "" || (/^https?:\/\//i.test(text) && URL.canParse(text)), "Enter an address, like https://example.com"));
const majorOrMinor = (label: string) => numberField({ label, min: 1, max: 65_535, unit: "1 to 65,535", placeholder: "Not set" });

const at = {
  trackAsset: "rtsa.track_asset",
  anonymous: "track_anonymous_devices",
  beacon: "ble_config.beacon_enabled",
  iBeacon: "ble_config.ibeacon_enabled",
  uid: "ble_config.eddystone_uid_enabled",
  namespace: "ble_config.eddystone_uid_namespace",
  instance: "ble_config.eddystone_uid_instance",
  url: "ble_config.eddystone_url_enabled",
  urlUrl: "ble_config.eddystone_url_url",
} as const;

const onlyWithoutBeacon = "Only without the location beacon: turn that off, or leave this off";

export const bluetoothLocation = defineSection({
  id: "bluetooth-location",
  title: "Bluetooth based Location Services",
  description: "How access points and apps use Bluetooth to find where things are.",
  labels: { "rtsa.disable_dead_reckoning": "Dead reckoning off", "rtsa.disable_pressure_sensor": "Pressure sensor off" },
  fields: {
    "rtsa.enabled": checkField({ label: "vBLE engagement", hint: "Apps that are made with the mobile SDK find where they are." }),
    "rtsa.app_waking": checkField({ label: "App wakeup", hint: "The beacon wakes the app when a phone arrives." }),
    "rtsa.disable_dead_reckoning": checkField({ label: "Dead reckoning", hint: "Apps estimate the way between two measurements.", inverted: true }),
    "rtsa.disable_pressure_sensor": checkField({ label: "Pressure sensor", hint: "Apps use it to tell floors apart.", inverted: true }),
    [at.trackAsset]: checkField({ label: "Asset visibility", hint: "Access points locate Bluetooth tags." }),
    [at.anonymous]: checkField({ label: "Also unnamed tags" }),
    report_gatt: checkField({ label: "Read details of Bluetooth devices", hint: "Access points connect to them from time to time and read name, battery, temperature and humidity." }),
    [at.beacon]: checkField({ label: "Location beacon", fallback: true }),
    "ble_config.beacon_rate": (path) =>
      customField("ble_config.beacon_rate_mode", numberField({ label: "Beacon rate", hint: "From 1 to 10.", min: 1, max: 10, unit: "per second", placeholder: "Default" })(path)),
    "ble_config.power": (path) => customField("ble_config.power_mode", numberField({ label: "Transmit power", hint: "From 1 to 10; the default is 9.", min: 1, max: 10, unit: "level", fallback: 9, placeholder: "Default" })(path)),
    [at.iBeacon]: checkField({ label: "iBeacon", hint: "Sent together with the location beacon." }),
    "ble_config.ibeacon_uuid": textField({ label: "iBeacon UUID", hint: "Empty: that of the location beacon.", schema: uuid, maxLength: 36, mono: true }),
    "ble_config.ibeacon_major": majorOrMinor("Major"),
    "ble_config.ibeacon_minor": majorOrMinor("Minor"),
    [at.uid]: checkField({ label: "Eddystone-UID", hint: "Only without the location beacon." }),
    [at.namespace]: hexField("Namespace", 20),
    [at.instance]: hexField("Instance", 12),
    [at.url]: checkField({ label: "Eddystone-URL", hint: "Only without the location beacon." }),
    [at.urlUrl]: textField({ label: "URL to send", schema: webAddress, maxLength: 100, placeholder: "https://example.com" }),
  },
  check(values) {
    const isOn = (name: string) => values[name] === true;
    return {
      ...(isOn(at.anonymous) && !isOn(at.trackAsset) && { [at.anonymous]: "Only with asset visibility: turn that on, or leave this off" }),
      ...(isOn(at.iBeacon) && !isOn(at.beacon) && { [at.iBeacon]: "Only with the location beacon: turn that on, or leave this off" }),
      ...(isOn(at.uid) && isOn(at.beacon) && { [at.uid]: onlyWithoutBeacon }),
      ...(isOn(at.url) && isOn(at.beacon) && { [at.url]: onlyWithoutBeacon }),
      ...(isOn(at.uid) && !values[at.namespace] && { [at.namespace]: "Enter the namespace of the Eddystone-UID" }),
      ...(isOn(at.uid) && !values[at.instance] && { [at.instance]: "Enter the instance of the Eddystone-UID" }),
      ...(isOn(at.url) && !values[at.urlUrl] && { [at.urlUrl]: "Enter the address to send" }),
    };
  },
});
