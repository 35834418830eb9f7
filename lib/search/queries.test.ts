import { expect, test } from "vitest";
import { searchOrganization } from "@/lib/search/queries";
import { newMember, newAccount, newSite, newSuperUser } from "@/lib/testing/fixtures";

test("ADM-7: finds only what the role and site access allow", async () => {
  const superUser = await newSuperUser();
  const [mine, other] = [await newSite(superUser.org, "Harbour North"), await newSite(superUser.org, "Harbour South")];
  await newMember(superUser.org, "observer", [mine.id], await newAccount({ firstName: "Harbour", lastName: "Master" }));
  const labelsOf = async (...args: Parameters<typeof searchOrganization>) => (await searchOrganization(...args)).map(({ label }) => label);

  expect(await labelsOf(superUser, { q: "harbour" })).toEqual(["Harbour North", "Harbour South", "Harbour Master"]);
  expect(await labelsOf(await newMember(superUser.org, "observer", [mine.id]), { q: "harbour" })).toEqual(["Harbour North"]);
  expect(await labelsOf(await newMember(superUser.org, "reporting", [other.id]), { q: "harbour" })).toEqual([]);
  expect(await labelsOf(await newSuperUser(), { q: "harbour" })).toEqual([]);
});

test("INP-4: NUL is removed from the search term, and an empty term is rejected", async () => {
  const superUser = await newSuperUser();
  await newSite(superUser.org, "Harbour North");
  expect(await searchOrganization(superUser, { q: "harbour\0north" })).toMatchObject([{ label: "Harbour North" }]);
  await expect(searchOrganization(superUser, { q: "\0" })).rejects.toMatchObject({ code: "invalid" });
});
