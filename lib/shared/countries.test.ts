import { expect, test } from "vitest";
import { connectAsOwner } from "@/lib/testing/fixtures";
import { countries } from "./countries";

test("X-8: the database knows the countries by the same names, by which sites are sorted", async () => {
  const owner = connectAsOwner();
  const rows = await owner<{ code: string; name: string }[]>`select code, country_name(code) as name from unnest(${Object.keys(countries)}::text[]) code`;
  const [unknown] = await owner`select country_name('ZZ') as name`;
  await owner.end();
  expect(Object.fromEntries(rows.map(({ code, name }) => [code, name]))).toEqual(countries);
  expect(unknown).toEqual({ name: "ZZ" });
});
