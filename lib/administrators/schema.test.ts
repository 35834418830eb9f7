import { expect, test } from "vitest";
import { InviteAdministrator } from "@/lib/administrators/schema";

const wrongFields = (input: object) => {
  const checked = InviteAdministrator.safeParse(input);
  return checked.success ? [] : [...new Set(checked.error.issues.map(({ path }) => String(path[0])))].sort();
};
const person = { email: "ida@example.test", firstName: "Ida", lastName: "Holm" };

test("INP-1: every wrong field of an invitation is reported at once", () => {
  expect(wrongFields({ firstName: "Ida", lastName: "Holm", email: "nonsense", role: "observer", scope: "sites" })).toEqual(["email", "sites"]);
  expect(wrongFields({ ...person, email: "", role: "super_user", scope: "groups" })).toEqual(["email", "scope"]);
  expect(wrongFields({ ...person, scope: "groups" })).toEqual(["groups", "role"]);
  expect(wrongFields({ ...person, role: "toString", scope: "sites", sites: "x" })).toEqual(["role", "sites"]);
  expect(wrongFields({ ...person, role: "observer", scope: "sites", siteNames: "Kiel" })).toEqual([]);
  expect(wrongFields({ email: "" })).toEqual(["email", "role", "scope"]);
});
