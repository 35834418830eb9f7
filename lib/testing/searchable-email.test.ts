import { domainToASCII, domainToUnicode } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { listAdministrators } from "@/lib/administrators/queries";
import { connectAsOwner, newSuperUser } from "@/lib/testing/fixtures";

let owner: ReturnType<typeof connectAsOwner>;
beforeAll(() => {
  owner = connectAsOwner();
});
afterAll(() => owner.end());

const searchable = async (emails: readonly string[]) => {
  const rows = await owner<{ text: string }[]>`select searchable_email(e) as text from unnest(${[...emails]}::text[]) with ordinality u (e, n) order by n`;
  return rows.map(({ text }) => text);
};

const label = fc.string({ unit: fc.constantFrom(..."abzéüßøłžяЯёжאבγδهن東京日本ひらカタ한국กขक", "-", "7"), minLength: 1, maxLength: 12 });

test("X-8: an address is searched by its domain as it is shown, whatever the script", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(label, label), { minLength: 40, maxLength: 40 }), async (labels) => {
      const domains = labels.map((pair) => domainToASCII(`${pair.join(".")}.example`)).filter((domain) => domain.includes("xn--"));
      const emails = domains.map((domain) => `anna@${domain}`);
      expect(await searchable(emails)).toEqual(domains.map((domain) => `anna@${domain} anna@${domainToUnicode(domain)}`));
    }),
    { numRuns: 25 },
  );
});

test("X-8: an address without an internationalized domain, or with one that is none, is searched as it is", async () => {
  const wrong = ["xn--", "xn---", "xn--a-", "xn--99999999", "xn--!", "xn--zzzzzzzzzzzzzzzzzz", `xn--${"9".repeat(58)}`];
  expect(await searchable(["anna@example.test", ...wrong.map((part) => `a@${part}.test`)])).toEqual([
    "anna@example.test",
    ...wrong.map((part) => `a@${part}.test a@${part}.test`),
  ]);
});

test("X-8: an administrator is found by a non-Latin domain as it is shown, and as it is stored", async () => {
  const actor = await newSuperUser();
  const { id } = await inviteAdministrator(actor, { email: "anna@bücher.example", role: "observer", scope: "all" });
  for (const search of ["bücher.example", "BUCHER", "anna@bücher", "xn--bcher-kva"]) {
    expect((await listAdministrators(actor, { search })).rows.map((row) => row.id), search).toEqual([id]);
  }
});
