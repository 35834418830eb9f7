import { globSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { countedPages, pageAt } from "@/lib/usage/rules";

/** What is due after sign-in is asked of a person, not opened by them. */
const isOpened = (page: string) => !page.startsWith("/welcome/");

const builtPages = () =>
  globSync("app/(portal)/**/page.tsx")
    .map((file) => file.replace("app/(portal)", "").replace("/page.tsx", ""))
    .filter(isOpened);

test("ACC-28: the pages that are counted are those that are there", () => {
  expect([...countedPages].sort()).toEqual(builtPages().sort());
});

const filledIn = (page: string, ids: readonly string[]) => ids.reduce((path, id) => path.replace(/\[\w+\]/, id), page);

test("ACC-28: a page is known by its route, whosever it is and whatever is asked of it", () => {
  const question = fc.oneof(fc.constant(""), fc.webQueryParameters().map((text) => `?${text}`), fc.webFragments().map((text) => `#${text}`));
  const asked = fc.tuple(fc.constantFrom(...countedPages), fc.array(fc.uuid(), { minLength: 3, maxLength: 3 }), question);
  fc.assert(fc.property(asked, ([page, ids, rest]) => pageAt(filledIn(page, ids) + rest) === page));
});

test("ACC-28: nothing but the written routes is ever counted", () => {
  const part = fc.oneof(fc.webSegment(), fc.uuid(), fc.constantFrom("orgs", "sites", "account", "new", "..", "%00"));
  const path = fc.oneof(fc.string(), fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`));
  const allowed: unknown[] = [null, ...countedPages];
  fc.assert(fc.property(path, (address) => allowed.includes(pageAt(address))));
});

test.each(["", "/", "/sign-in", "/orgs/Berlin", "/orgs/0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f/sites/secret-word", "/welcome/privacy", "/account/"])(
  "ACC-28: %j is no page that is counted",
  (address) => {
    expect(pageAt(address)).toBeNull();
  },
);
