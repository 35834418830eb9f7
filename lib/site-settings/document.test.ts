import { expect, test } from "vitest";
import { siteSettingsFormValues, typedSiteChanges } from "@/lib/site-settings/rules";
import { SiteDocument, UpdateSiteSettings } from "@/lib/site-settings/schema";
import { siteSections } from "@/lib/site-settings/sections";
import { withChanges } from "@/lib/shared/settings/document";

const siteId = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
const site = { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Quay 1", groups: ["North"] };
const parsedForm = (document: Record<string, unknown>, typed: Record<string, unknown> = {}) =>
  UpdateSiteSettings.parse({ ...siteSettingsFormValues({ siteId, name: "Kiel", version: 1, document }), ...typed });

test("SIT-1: the form of a site without settings changes nothing when it is saved", () => {
  expect(SiteDocument.safeParse(site).success).toBe(true);
  expect(typedSiteChanges(site, parsedForm(site))).toEqual({ values: {}, secrets: {} });
});

test("SIT-1: keys that no section knows survive a save", () => {
  const stored = { ...site, radio_config: { band_5: 1 }, ble_config: { unknown_key: true } };
  const { values } = typedSiteChanges(stored, parsedForm(stored, { persist_config_on_device: "true" }));
  expect(withChanges(stored, values)).toEqual({ ...stored, persist_config_on_device: true });
});

test("every field and section is there once, and no setting has the name of a field of the site", () => {
  const names = siteSections.sections.flatMap((section) => Object.keys(section.fields));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(siteSections.sections.map(({ id }) => id)).size).toBe(siteSections.sections.length);
});
