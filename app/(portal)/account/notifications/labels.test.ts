import { expect, test } from "vitest";
import { subscriptionText } from "./labels";

test.each([
  [false, null, 0, null],
  [true, null, 0, "Tidewater Retail: organization"],
  [false, "Berlin Mitte", 1, "Tidewater Retail: Berlin Mitte"],
  [true, "Berlin Mitte", 2, "Tidewater Retail: organization, Berlin Mitte and 1 more site"],
  [true, "Berlin Mitte", 4, "Tidewater Retail: organization, Berlin Mitte and 3 more sites"],
])("ACC-26: the link lists what is on (%s, %s, %s)", (organization, firstSite, sites, text) => {
  expect(subscriptionText("Tidewater Retail", { organization, firstSite, sites })).toBe(text);
});
