import { expect, test } from "vitest";
import { findPlaces } from "@/lib/finder/queries";
import { newMember, newPerson, newSite, newSuperUser } from "@/lib/testing/world";

test("ADM-7: finds what the role and the scope show, and nothing else", async () => {
  const superUser = await newSuperUser();
  const [mine, other] = [await newSite(superUser.org, "Harbour North"), await newSite(superUser.org, "Harbour South")];
  await newMember(superUser.org, "observer", [mine.id], await newPerson({ firstName: "Harbour", lastName: "Master" }));
  const found = async (...args: Parameters<typeof findPlaces>) => (await findPlaces(...args)).map(({ label }) => label);

  expect(await found(superUser, { q: "harbour" })).toEqual(["Harbour North", "Harbour South", "Harbour Master"]);
  expect(await found(await newMember(superUser.org, "observer", [mine.id]), { q: "harbour" })).toEqual(["Harbour North"]);
  expect(await found(await newMember(superUser.org, "reporting", [other.id]), { q: "harbour" })).toEqual([]);
  expect(await found(await newSuperUser(), { q: "harbour" })).toEqual([]);
});

test("INP-4: NUL is no part of what is looked for, and nothing else is nothing to look for", async () => {
  const superUser = await newSuperUser();
  await newSite(superUser.org, "Harbour North");
  expect(await findPlaces(superUser, { q: "harbour\0north" })).toMatchObject([{ label: "Harbour North" }]);
  await expect(findPlaces(superUser, { q: "\0" })).rejects.toMatchObject({ code: "invalid" });
});
