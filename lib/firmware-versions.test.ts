import { expect, test } from "vitest";
import { firmwareCatalog, parseFirmwareCatalog } from "@/lib/firmware-versions";

const ap12 = { model: "AP12", versions: [{ version: "0.14.10", tag: "rc1" }, { version: "0.14.9", tag: "production" }] };

test("SIT-7: the shipped list has models, each with versions of every tag or none", () => {
  const { models } = firmwareCatalog();
  expect(models.map(({ model }) => model)).toEqual(expect.arrayContaining(["AP12", "AP21", "AP24", "AP41", "AP43", "AP45"]));
  expect(new Set(models.flatMap(({ versions }) => versions.map(({ tag }) => tag)))).toEqual(new Set(["production", "rc2", "rc1", "none"]));
});

const withVersions = (...versions: object[]) => ({ models: [{ ...ap12, versions }] });

test.each([
  ["a list", [], "the file"],
  ["no model", { models: [] }, "models must have an entry"],
  ["an unknown field", { models: [{ ...ap12, colour: "white" }] }, "models[0]"],
  ["a model in small letters", { models: [{ ...ap12, model: "ap12" }] }, "models[0] › model must be a model in capitals"],
  ["a model twice", { models: [ap12, ap12] }, "models[1] (AP12) is there twice"],
  ["models in another order", { models: [{ ...ap12, model: "AP100" }, { ...ap12, model: "AP41" }] }, "models[1] (AP41) must come before AP100"],
  ["no version", withVersions(), "models[0] › versions must have an entry"],
  ["a version of two lines", withVersions({ version: "0.14\n1", tag: "none" }), "models[0] › versions[0] › version must be a version"],
  ["an unknown tag", withVersions({ version: "0.14.1", tag: "beta" }), "models[0] › versions[0] › tag must be production, rc2, rc1 or none"],
  ["a version twice", withVersions({ version: "0.14.1", tag: "none" }, { version: "0.14.1", tag: "rc1" }), "AP12 › versions[1] (0.14.1) is there twice"],
  ["the oldest version first", withVersions({ version: "0.14.9", tag: "none" }, { version: "0.14.10", tag: "none" }), "AP12 › versions[1] (0.14.10) must come before 0.14.9"],
])("SIT-7: a list of firmware versions with %s is refused and the entry named", (_what, file, message) => {
  expect(() => parseFirmwareCatalog(file)).toThrow(message);
});
