import { expect, test } from "vitest";
import { resolveLandingPath, guessSiteDefaults } from "@/lib/organizations/rules";

const [orgA, orgB] = [{ id: "a" }, { id: "b" }];

test.each([
  ["the requested page", [orgA, orgB], "a", { path: "/orgs/b/sites?x=1" }, "/orgs/b/sites?x=1"],
  ["the organization of the sign-in link", [orgA, orgB], "a", { path: null, orgId: "b" }, "/orgs/b"],
  ["the organization last used", [orgA, orgB], "b", { path: null }, "/orgs/b"],
  ["the last used, when the link names an organization of others", [orgA, orgB], "b", { path: null, orgId: "foreign" }, "/orgs/b"],
  ["the organization chooser, when the last used one was deleted", [orgA, orgB], "gone", { path: null }, "/orgs"],
  ["the only organization", [orgA], null, { path: null }, "/orgs/a"],
  ["Create Organization, when the account has none", [], null, { path: null }, "/orgs/new"],
])("ACC-10, ACC-4: signing in leads to %s", (_, organizations, lastOrganizationId, returnTo, path) => {
  expect(resolveLandingPath({ organizations, lastOrganizationId }, returnTo)).toBe(path);
});

test.each([
  ["Europe/Berlin", "en-US", { country: "DE", timeZone: "Europe/Berlin" }],
  ["Asia/Calcutta", null, { country: "IN", timeZone: "Asia/Kolkata" }],
  ["Asia/Kolkata", null, { country: "IN", timeZone: "Asia/Kolkata" }],
  ["Europe/Kiev", null, { country: "UA", timeZone: "Europe/Kyiv" }],
  [undefined, "pt-BR,pt;q=0.9", { country: "BR", timeZone: "UTC" }],
  ["Mars/Base", "xx", { country: "US", timeZone: "UTC" }],
  ["<script>", "en-XX", { country: "US", timeZone: "UTC" }],
])("ACC-4: time zone %s and language %s give the first site %o", (zone, language, siteDefaults) => {
  expect(guessSiteDefaults(zone, language)).toEqual(siteDefaults);
});
