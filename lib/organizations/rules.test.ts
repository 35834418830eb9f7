import { expect, test } from "vitest";
import { arrivalOf, firstPlace } from "@/lib/organizations/rules";

const [here, there] = [{ id: "here", role: "super_user" }, { id: "there", role: "reporting" }] as const;

test.each([
  ["where the person wanted to go", [here, there], "here", { path: "/orgs/there/sites?x=1" }, "/orgs/there/sites?x=1"],
  ["the organization of the sign-in link", [here, there], "here", { path: null, orgId: "there" }, "/orgs/there"],
  ["the organization last used", [here, there], "there", { path: null }, "/orgs/there"],
  ["the last used before a link to a foreign one", [here, there], "there", { path: null, orgId: "foreign" }, "/orgs/there"],
  ["the chooser, when the last one is gone", [here, there], "gone", { path: null }, "/orgs"],
  ["the only one there is", [here], null, { path: null }, "/orgs/here/sites"],
  ["Create Organization, when there is none", [], null, { path: null }, "/orgs/new"],
])("ACC-10, ACC-4: signing in leads to %s", (_, organizations, lastOrganizationId, wanted, path) => {
  expect(arrivalOf({ organizations, lastOrganizationId }, wanted)).toBe(path);
});

test.each([
  ["Europe/Berlin", "en-US", { country: "DE", timeZone: "Europe/Berlin" }],
  ["Asia/Calcutta", null, { country: "IN", timeZone: "Asia/Calcutta" }],
  ["Asia/Kolkata", null, { country: "IN", timeZone: "Asia/Kolkata" }],
  [undefined, "pt-BR,pt;q=0.9", { country: "BR", timeZone: "UTC" }],
  ["Mars/Base", "xx", { country: "US", timeZone: "UTC" }],
  ["<script>", "en-XX", { country: "US", timeZone: "UTC" }],
])("ACC-4: a first site made with the clock %s and the language %s lies at %o", (zone, language, place) => {
  expect(firstPlace(zone, language)).toEqual(place);
});
