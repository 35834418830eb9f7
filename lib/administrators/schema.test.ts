import { expect, test } from "vitest";
import { InviteAdministrator, InviteSeveral } from "@/lib/administrators/schema";

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

test("ADM-8: a list is bounded in length, and one that is empty says what is missing", () => {
  const messages = (people: string) => InviteSeveral.safeParse({ people, role: "observer", scope: "all" }).error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  expect(messages("a@x.example")).toBeUndefined();
  expect(messages("")).toEqual(["people: Enter at least one email address"]);
  expect(messages("a".repeat(50_001))).toEqual(["people: This list is too long. Split it into several lists"]);
});
