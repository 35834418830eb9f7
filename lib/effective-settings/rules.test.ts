import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultOf, derivedSettings, effectiveSettings, effectiveText, matchingValues, pathsIn, sourceText } from "@/lib/effective-settings/rules";
import { documentPaths as organizationPaths } from "@/lib/settings/sections";
import { type SettingsDocument, valueAt, withChanges } from "@/lib/shared/settings/document";
import { siteFieldNames } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";

const site = { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", groups: [] };
const paths = Object.keys(siteSections.documentPaths).filter((path) => !siteFieldNames.some((name) => name === path));

/** Documents with values at some paths; the rules only ask whether there is one. */
const document = fc.dictionary(fc.constantFrom(...paths), fc.oneof(fc.boolean(), fc.integer(), fc.constant(["a"]))).map((values) => withChanges({}, values));

describe("SIT-20: effective configuration", () => {
  test("each path has the value of the nearest layer that has one, else the default", () => {
    fc.assert(
      fc.property(document, document, document, (own, ofTemplate, organization) => {
        const template = { id: "t", name: "Offices", document: ofTemplate };
        for (const { path, value, source } of effectiveSettings({ site: { ...site, ...own }, organization, template })) {
          if (siteSections.secretNames.includes(path) || siteFieldNames.some((name) => name === path)) continue;
          const inherited = Object.hasOwn(organizationPaths, path) ? valueAt(organization, path) : undefined;
          const layers = { site: valueAt(own, path), template: valueAt(ofTemplate, path), organization: inherited, default: defaultOf(path) };
          expect(value).toEqual(layers.site ?? layers.template ?? layers.organization ?? layers.default);
          expect(value).toEqual(layers[source]);
        }
      }),
    );
  });

  test("every path of every section is there once, and what differs from the default is exactly what is not its value", () => {
    fc.assert(
      fc.property(document, (own) => {
        const values = effectiveSettings({ site: { ...site, ...own }, organization: {} });
        expect(values.map(({ path }) => path)).toEqual([...Object.keys(siteSections.documentPaths), ...siteSections.secretNames]);
        const changed = matchingValues(values, undefined, { values: "changed" });
        for (const value of values) expect(changed.includes(value)).toBe(!value.isSecret && JSON.stringify(value.value) !== JSON.stringify(defaultOf(value.path)));
      }),
    );
  });

  test("the derived document holds exactly the settings that have a value, with those of the template, and no secret or field of the site", () => {
    fc.assert(
      fc.property(document, document, (own, organization) => {
        const template = { id: "t", name: "Offices", document: { experimental: { power: 8, channels: [36, 40] } } };
        const derived = derivedSettings(effectiveSettings({ site: { ...site, ...own }, organization, template, secrets: { site: siteSections.secretNames, organization: [] } }));
        expect(derived.experimental).toEqual({ power: 8, channels: [36, 40] });
        for (const name of [...siteFieldNames, ...siteSections.secretNames]) expect(valueAt(derived, name)).toBeUndefined();
        for (const path of pathsIn(own)) expect(valueAt(derived, path)).toEqual(valueAt(own, path));
      }),
    );
  });

  test("the name of the organization is not the name of a site, and a template is named as the source of its values", () => {
    const template = { id: "t", name: "Offices", document: { experimental: { power: 5 } } as SettingsDocument };
    const values = effectiveSettings({ site: { ...site, rfTemplate: "t" }, organization: { name: "Fjord Ferries" }, template });
    expect(values.find(({ path }) => path === "name")).toMatchObject({ value: "Kiel", source: "site" });
    const [power] = matchingValues(values, template, { source: "template" });
    expect(power).toMatchObject({ path: "experimental.power", value: 5 });
    expect(power && sourceText(power.source, template)).toBe("RF template Offices");
    const [chosen] = matchingValues(values, template, { search: "rf template offices" });
    expect(chosen && effectiveText(chosen, template)).toBe("Offices");
  });
});
