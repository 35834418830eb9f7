import { globSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { trackedPages, trackedPageFor } from "@/lib/usage-analytics/rules";

/** Pages of pending steps are not tracked. */
const isTracked = (page: string) => !page.startsWith("/welcome/");

const appRoutes = () =>
  globSync("app/(portal)/**/page.tsx")
    .map((file) => file.replace("app/(portal)", "").replace("/page.tsx", ""))
    .filter(isTracked);

test("ACC-28: the tracked pages are the app's routes", () => {
  expect([...trackedPages].sort()).toEqual(appRoutes().sort());
});

const withIds = (page: string, ids: readonly string[]) => ids.reduce((path, id) => path.replace(/\[\w+\]/, id), page);

test("ACC-28: ids, query and fragment do not change the tracked route", () => {
  const suffix = fc.oneof(fc.constant(""), fc.webQueryParameters().map((text) => `?${text}`), fc.webFragments().map((text) => `#${text}`));
  const request = fc.tuple(fc.constantFrom(...trackedPages), fc.array(fc.uuid(), { minLength: 3, maxLength: 3 }), suffix);
  fc.assert(fc.property(request, ([page, ids, rest]) => trackedPageFor(withIds(page, ids) + rest) === page));
});

test("ACC-28: only listed routes are tracked", () => {
  const part = fc.oneof(fc.webSegment(), fc.uuid(), fc.constantFrom("orgs", "sites", "account", "new", "..", "%00"));
  const path = fc.oneof(fc.string(), fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`));
  const allowed: unknown[] = [null, ...trackedPages];
  fc.assert(fc.property(path, (url) => allowed.includes(trackedPageFor(url))));
});

test.each(["", "/", "/sign-in", "/orgs/Berlin", "/orgs/0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f/sites/secret-word", "/welcome/privacy", "/account/"])(
  "ACC-28: %j is not tracked",
  (url) => {
    expect(trackedPageFor(url)).toBeNull();
  },
);
