import { expect, test } from "vitest";
import { memberActor } from "@/lib/testing/fixtures";
import { openInput, sealInput } from "@/lib/web/previewed-input";

const person = (id: string) => ({ id, email: `${id}@example.test`, firstName: "Ada", lastName: "Berg" });
const actor = memberActor({ id: "org-1", name: "Org" }, "super_user", "all", person("ada"), "membership");
const values = { name: "Fjord", people: "Ada\r\nEva", api_key: "canary-key", sites: ["b", "a"], empty: "" };

test("CRY-2: the browser carries a typed secret without being able to read it, and gets it back into what it was shown", () => {
  const sealed = sealInput(actor, values);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("canary");
  expect(openInput(actor, sealed, { name: "Fjord", people: "Ada\nEva", sites: ["a", "b"], api_key: "" })).toMatchObject({ name: "Fjord", api_key: "canary-key" });
});

test("X-6: only what was shown is run, by the one to whom it was shown", () => {
  const sealed = sealInput(actor, values);
  expect(openInput(actor, sealed, { ...values, name: "Fjord Ferries" })).toBeNull();
  expect(openInput(actor, sealed, { ...values, extra: "x" })).toEqual(values);
  expect(openInput(actor, sealed, { ...values, sites: ["a"] })).toBeNull();
  expect(openInput({ ...actor, id: "eva" }, sealed, values)).toBeNull();
  expect(openInput({ ...actor, orgId: "org-2" }, sealed, values)).toBeNull();
  for (const other of [undefined, null, "", "x", `${sealed.slice(0, -2)}AA`]) expect(openInput(actor, other, values)).toBeNull();
});
