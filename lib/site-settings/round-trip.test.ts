import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { AppError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { publishedProblems } from "@/lib/testing/published-settings";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { SiteDocument, UpdateSiteSettings } from "@/lib/site-settings/schema";
import { siteSections } from "@/lib/site-settings/sections";
import { newSite, newSuperUser } from "@/lib/testing/fixtures";
import { invalidTyped, sampleSecret, storedValues, validTyped } from "@/lib/testing/settings-samples";

const fields = Object.entries(siteSections.fields);

/** What is typed into fields that the page draws itself. */
const ownSamples: Readonly<Record<string, readonly string[]>> = {
  country: ["NO", "DE"],
  timeZone: ["Europe/Oslo", "Europe/Berlin"],
  groups: ["North", "North, South"],
  name: ["Bergen", "Kiel"],
  streetAddress: ["Quay 1", "Pier 7"],
  latlng: ["60.3971, 5.3245", ""],
  "auto_upgrade.time_of_day": ["02:00", "23:30"],
};

/** What must stand in other fields for a value to be accepted, beside the defaults of its section. */
const prerequisites: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "engagement.min_dwell": { "engagement.max_dwell": "86400" },
  "ble_config.eddystone_uid_enabled": { "ble_config.beacon_enabled": "", "ble_config.eddystone_uid_namespace": "0a1b2c3d4e5f60718293", "ble_config.eddystone_uid_instance": "0a1b2c3d4e5f" },
  "ble_config.eddystone_url_enabled": { "ble_config.beacon_enabled": "", "ble_config.eddystone_url_url": "https://example.com" },
};

/** Sections that need others are off. */
const standalone = { "mxedge.radsec.enabled": "", "mxedge.mist_das.enabled": "" };

/** A form in which a value is accepted: the defaults of its section, what it needs, and both ends of a category alike. */
function formWith(name: string, text: string): Record<string, string> {
  const section = siteSections.sections.find(({ fields: own }) => Object.hasOwn(own, name));
  const standard = Object.entries(section?.fields ?? {}).map(([key, field]) => [key, field.control.kind === "secret" ? sampleSecret : String(field.toForm({}))] as const);
  const category = /^(engagement\.dwell_tags\.\w+)\./.exec(name)?.[1];
  const ends = category === undefined ? {} : { [`${category}.min`]: text, [`${category}.max`]: text };
  return { ...standalone, ...Object.fromEntries(standard), ...prerequisites[name], ...ends, [name]: text };
}

const samplesOf = (name: string) => ownSamples[name] ?? validTyped(siteSections.fields[name] ?? missing(name));

function missing(name: string): never {
  throw new Error(`There is no field ${name}`);
}

describe("SIT-8, SIT-9, SIT-10: every field of a site's page", () => {
  test.each(fields.filter(([, { control }]) => control.kind !== "own"))("%s has something that can be typed, and refuses what cannot", (name, field) => {
    expect(samplesOf(name)).not.toEqual([]);
    for (const typed of samplesOf(name)) expect([typed, field.form.safeParse(typed).success]).toEqual([typed, true]);
    for (const typed of invalidTyped(field)) expect([typed.slice(0, 40), field.form.safeParse(typed).success]).toEqual([typed.slice(0, 40), false]);
  });
});

describe("SIT-8, SIT-9, SIT-10: what is typed into a site's page is stored and shown again", () => {
  let actor: Actor;
  let siteId: string;
  const pending = new Map<string, Set<string>>();

  const read = () => getSiteSettings(actor, { siteId });

  beforeAll(async () => {
    const superUser = await newSuperUser();
    actor = superUser;
    siteId = (await newSite(superUser.org)).id;
    for (const [name] of fields) pending.set(name, new Set(samplesOf(name)));
  });

  /** Saves what of the typed values the page accepts together; returns the form that was saved. */
  async function save(before: FormValues, typed: Record<string, string>): Promise<Record<string, string>> {
    const values = { ...typed };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const faulty = await refusedBy({ ...before, ...values });
      if (faulty.length === 0) return values;
      for (const name of faulty) delete values[name];
    }
    return {};
  }

  async function refusedBy(form: FormValues): Promise<string[]> {
    try {
      await updateSiteSettings.fromRaw(actor, form);
      return [];
    } catch (error) {
      if (error instanceof AppError && error.code === "invalid" && error.fields) return Object.keys(error.fields);
      throw error;
    }
  }

  /** Saves typed values and expects the page to show each of them again. */
  async function saveAndCompare(typed: Record<string, string>): Promise<void> {
    const saved = await save(siteSettingsFormValues(await read()), typed);
    const after = await read();
    const shown = siteSettingsFormValues(after);
    expect(SiteDocument.safeParse(after.document).error).toBeUndefined();
    for (const [name, text] of Object.entries(saved)) {
      const field = siteSections.fields[name] ?? missing(name);
      if (field.control.kind === "secret") expect(after.secrets.map((secret) => secret.name)).toContain(name);
      else expect([name, field.form.safeParse(shown[name]).data]).toEqual([name, field.form.safeParse(text).data]);
      for (const [path, value] of storedValues(field, after.document)) expect(publishedProblems(path, value)).toEqual([]);
      pending.get(name)?.delete(text);
    }
    expect(UpdateSiteSettings.safeParse(shown).error).toBeUndefined();
    await updateSiteSettings.fromRaw(actor, shown);
    expect((await read()).version).toBe(after.version);
  }

  test("all fields at once, until each value was stored; then those that need others", async () => {
    const most = Math.max(...fields.map(([name]) => samplesOf(name).length));
    for (let round = 0; round < most; round += 1) {
      const typed = fields.flatMap(([name]) => {
        const samples = samplesOf(name);
        return samples.length === 0 ? [] : [[name, samples[round % samples.length] ?? ""] as const];
      });
      await saveAndCompare(Object.fromEntries(typed));
    }
    for (const [name, left] of pending) for (const text of left) await saveAndCompare(formWith(name, text));
    expect([...pending].flatMap(([name, left]) => [...left].map((text) => `${name}: ${text}`))).toEqual([]);
  });
});
