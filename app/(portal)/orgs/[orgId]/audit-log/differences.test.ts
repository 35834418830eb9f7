import { expect, test } from "vitest";
import { differences } from "./differences";

test("AUD-4: both sides of each field that changed, in words", () => {
  const change = { before: { timeZone: "UTC", groups: [], open: false }, after: { timeZone: "Europe/Berlin", groups: ["North", "East"], open: true } };
  expect(differences(change)).toEqual([
    { field: "Time zone", before: "UTC", after: "Europe/Berlin" },
    { field: "Site groups", before: "None", after: "North, East" },
    { field: "Open", before: "No", after: "Yes" },
  ]);
});

test("AUD-4: what was added has no before, what was deleted no after, what is empty says so", () => {
  expect(differences({ after: { name: "Depot", address: "" } })).toEqual([
    { field: "Name", before: null, after: "Depot" },
    { field: "Address", before: null, after: "Not set" },
  ]);
  expect(differences({ before: { name: "Depot" } })).toEqual([{ field: "Name", before: "Depot", after: null }]);
  expect(differences(null)).toEqual([]);
});

test("settings are named by their section and label, and the same field of another event is not", () => {
  const change = { before: { name: "Fjord", "password_policy.min_length": 8 }, after: { name: "Ferries", "password_policy.min_length": 20 } };
  expect(differences(change, "settings.updated").map(({ field }) => field)).toEqual(["Organization: Organization Name", "Password Policy: Minimum length"]);
  expect(differences({ after: { session_expiry: 60, sites: ["Site Kiel: added"] } }, "organization.imported").map(({ field }) => field)).toEqual(["Session Policy: Session Timeout after", "Sites"]);
  expect(differences({ after: { name: "Kiel" } }, "site.created").map(({ field }) => field)).toEqual(["Name"]);
});

test("SIT-15: the settings of templates are named by their section and label", () => {
  const radio = { after: { name: "Stores", "band_5.power": 12, copyOf: "Offices" } };
  expect(differences(radio, "rf_template.created").map(({ field }) => field)).toEqual(["Information: Name", "5 GHz: Power, Fixed", "Copy of"]);
  const profile = { before: { dns_servers: [], "led.enabled": true }, after: { dns_servers: ["192.0.2.53"], "led.enabled": false } };
  expect(differences(profile, "device_profile.updated").map(({ field }) => field)).toEqual(["DNS and NTP: DNS servers", "Lights: Status light"]);
});
