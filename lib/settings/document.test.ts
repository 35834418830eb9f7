import fc from "fast-check";
import { expect, test } from "vitest";
import { settingsFormValues, typedChanges } from "@/lib/settings/rules";
import { SettingsDocument, UpdateSettings } from "@/lib/settings/schema";
import { documentPaths, fields, sections } from "@/lib/settings/sections";
import { valueAt, withChanges } from "@/lib/shared/settings/document";

const orgId = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
const parsedForm = (document: Record<string, unknown>) => UpdateSettings.parse(settingsFormValues({ orgId, version: 1, document }));

test("the form of a document without settings changes nothing when it is saved", () => {
  expect(typedChanges({ name: "Fjord" }, parsedForm({ name: "Fjord" }))).toEqual({ values: {}, secrets: {} });
});

const document = fc.record(
  {
    name: fc.stringMatching(/^[A-Za-z]{1,20}$/),
    session_expiry: fc.integer({ min: 10, max: 20_160 }),
    ui_idle_timeout: fc.integer({ min: 0, max: 480 }),
    allow_mist: fc.boolean(),
    password_policy: fc.record(
      { enabled: fc.boolean(), min_length: fc.integer({ min: 8, max: 64 }), requires_special_char: fc.boolean(), expiry_in_days: fc.integer({ min: 1, max: 365 }) },
      { requiredKeys: [] },
    ),
    mgmt: fc.record({ use_mxtunnel: fc.constant(true), mxtunnel_ids: fc.constant([orgId]) }),
    ssr: fc.record({ conductor_hosts: fc.subarray(["192.0.2.1", "2001:db8::1"]) }),
  },
  { requiredKeys: ["name"] },
);

test("X-4: every stored document shows a form that changes nothing when it is saved", () => {
  fc.assert(
    fc.property(document, (stored) => {
      expect(SettingsDocument.safeParse(stored).success).toBe(true);
      expect(typedChanges(stored, parsedForm(stored))).toEqual({ values: {}, secrets: {} });
    }),
  );
});

test("a changed field changes its value and no other", () => {
  fc.assert(
    fc.property(document, fc.integer({ min: 10, max: 20_160 }), (stored, minutes) => {
      const form = UpdateSettings.parse({ ...settingsFormValues({ orgId, version: 1, document: stored }), session_expiry: String(minutes) });
      expect(withChanges(stored, typedChanges(stored, form).values)).toEqual({ ...stored, session_expiry: minutes });
    }),
  );
});

test("removing a value removes the objects that it leaves empty", () => {
  expect(withChanges({ a: { b: { c: 1 } }, d: 2 }, { "a.b.c": undefined })).toEqual({ d: 2 });
  expect(valueAt({ a: { b: 1 } }, "a.b.c")).toBeUndefined();
});

test("the document refuses what it does not know, and every field and section is there once", () => {
  expect(SettingsDocument.safeParse({ password_policy: { freshness: 1 } }).success).toBe(false);
  expect(SettingsDocument.safeParse({ colour: "red" }).success).toBe(false);
  const names = sections.flatMap((section) => Object.keys(section.fields));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  expect(Object.keys(documentPaths).length).toBeGreaterThan(Object.keys(fields).length - 10);
});
