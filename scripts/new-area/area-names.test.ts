import { expect, test } from "vitest";
import { areaNames, fillIn, singularOf } from "./area-names.ts";

test.each([
  ["parcels", "parcel"],
  ["policies", "policy"],
  ["switches", "switch"],
  ["addresses", "address"],
  ["cable-runs", "cable-run"],
])("the singular of %s is %s", (plural, singular) => expect(singularOf(plural)).toBe(singular));

test("a name of two words has its form in every placeholder", () => {
  const names = areaNames("cable-runs");
  const text = "__folder__ __table__ __items__ __Items__ __item__ __Item__ __key__ __slug__ __Label__ __Labels__ __Sentence__ __noun__ __nouns__ __table___name_key __other__";
  expect(fillIn(text, names)).toBe(
    "cable-runs cable_runs cableRuns CableRuns cableRun CableRun cable_run cable-run Cable Run Cable Runs Cable run cable run cable runs cable_runs_name_key __other__",
  );
});

test.each(["Parcels", "two words", "../etc", "sheep", ""])("%j is refused", (name) => expect(() => areaNames(name)).toThrow());
