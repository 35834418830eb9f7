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

test("X-8: where more match than are shown, an entry leads to the list with all of them", async () => {
  const superUser = await newSuperUser();
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) await newSite(superUser.org, `Berlin ${number}`);
  await newMember(superUser.org, "observer", "all", await newAccount({ firstName: "Berta", lastName: "Falk" }));
  expect(await searchOrganization(superUser, { q: "ber" })).toHaveLength(9);
  await newSite(superUser.org, "Ämilienberg");
  const found = await searchOrganization(superUser, { q: "ber" });
  expect(found).toHaveLength(10);
  expect(found[8]).toEqual({ label: "All sites that match “ber”", href: `/orgs/${superUser.orgId}/sites?search=ber`, group: "Sites" });

  for (let count = 0; count < 9; count += 1) await newMember(superUser.org, "observer", "all", await newAccount({ firstName: "Quentin & Co" }));
  expect((await searchOrganization(superUser, { q: "quentin &" })).at(-1)).toMatchObject({
    label: "All administrators that match “quentin &”",
    href: `/orgs/${superUser.orgId}/administrators?search=quentin%20%26`,
  });
});

test("INP-4: NUL is removed from the search term, and an empty term is rejected", async () => {
  const superUser = await newSuperUser();
  await newSite(superUser.org, "Harbour North");
  expect(await searchOrganization(superUser, { q: "harbour\0north" })).toMatchObject([{ label: "Harbour North" }]);
  await expect(searchOrganization(superUser, { q: "\0" })).rejects.toMatchObject({ code: "invalid" });
});
