import { expect, test } from "vitest";
import { grantText } from "./grant-text";

test("ADM-2: what an invitation gives is summed up from what was chosen", () => {
  expect(grantText({})).toBe("");
  expect(grantText({ role: "network_admin" })).toBe("Network Admin, no site access yet");
  expect(grantText({ scope: "all" })).toBe("No role, all sites");
  expect(grantText({ role: "network_admin", scope: "sites", sites: ["a", "b", "c"], groups: ["x"] })).toBe("Network Admin, 3 sites");
  expect(grantText({ role: "network_admin", scope: "sites", sites: ["a"], siteNames: "Kiel\n\nUlm\n" })).toBe("Network Admin, 3 sites");
  expect(grantText({ role: "observer", scope: "groups", groups: ["x"] })).toBe("Observer, 1 site group");
  expect(grantText({ role: "observer", scope: "sites" })).toBe("Observer, 0 sites");
});

test("ADM-2: a role that always has all sites is summed up as all sites, whatever else is chosen", () => {
  expect(grantText({ role: "super_user", scope: "sites", sites: ["a"] })).toBe("Super User, all sites");
  expect(grantText({ role: "super_user" })).toBe("Super User, all sites");
});
