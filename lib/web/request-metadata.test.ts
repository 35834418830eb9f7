import fc from "fast-check";
import { expect, test } from "vitest";
import { withReturnTo } from "@/lib/shared/login-flow";
import { openRedirectPayloads } from "@/lib/testing/open-redirect-payloads";
import { decryptOAuthFlow, encryptOAuthFlow } from "@/lib/web/oauth-flow";
import { safeRedirectPath, parseReturnTo } from "@/lib/web/request-metadata";

test.each(openRedirectPayloads)("SSO-8: %j is rejected as a return target", (raw) => {
  expect(safeRedirectPath(raw)).toBeNull();
});

test.each([null, undefined, 7, ["/orgs"], { path: "/orgs" }])("SSO-8: %j is not a string path", (raw) => {
  expect(safeRedirectPath(raw)).toBeNull();
});

test.each([
  ["/", "/"],
  ["/orgs/1/sites?sort=-name", "/orgs/1/sites?sort=-name"],
  ["/orgs/../sign-in", "/sign-in"],
  ["/orgs#part", "/orgs"],
  ["/orgs?next=//evil.example", "/orgs?next=//evil.example"],
  ["/%2f/evil.example", "/%2f/evil.example"],
  ["/@evil.example", "/@evil.example"],
])("SSO-8: %s is accepted as %s", (raw, path) => {
  expect(safeRedirectPath(raw)).toBe(path);
  expect(new URL(path, "https://portal.example.net").host).toBe("portal.example.net");
});

test("SSO-8, ACC-10: a return target has one local path and the id of one organization", () => {
  const org = "0199aa00-0000-7000-8000-000000000001";
  expect(parseReturnTo({ next: "/orgs/1/sites", org })).toEqual({ path: "/orgs/1/sites", orgId: org });
  expect(parseReturnTo({ next: "//evil.example", org: [org, org] })).toEqual({ path: null, orgId: undefined });
});

test("SSO-8: a path that is too long loses its query, and is rejected when it is too long without", () => {
  expect(safeRedirectPath(`/orgs?search=${"a".repeat(985)}`)).toHaveLength(998);
  expect(safeRedirectPath(`/orgs?search=${"a".repeat(988)}`)).toBe("/orgs");
  expect(safeRedirectPath(`/orgs/${"a".repeat(1_000)}`)).toBeNull();
});

const characters = fc.constantFrom(..."/\\?&#%=.:@\"'<>{}|^`~ \t\r\n\u0000éß漢😀aZ09-_");
const pathText = fc.tuple(fc.constantFrom("/", "//", "/\\", "", "https://", "/orgs?next="), fc.string({ unit: characters, maxLength: 3_000 })).map((parts) => parts.join(""));
const anyTarget = fc.record({ next: fc.oneof(pathText, fc.string({ maxLength: 9_000 }), fc.anything()), org: fc.oneof(fc.uuid(), fc.string({ maxLength: 9_000 }), fc.anything()) });

test("SSO-8: whatever a visitor sends, only a short path of this origin and the id of an organization are kept", () => {
  fc.assert(
    fc.property(anyTarget, (raw) => {
      const { path, orgId } = parseReturnTo(raw);
      if (orgId !== undefined) expect(orgId).toMatch(/^[\da-f-]{36}$/i);
      if (path !== null) {
        expect(new URL(path, "https://portal.example.net").origin).toBe("https://portal.example.net");
        expect(path).toMatch(/^\/[\x21-\x7e]{0,999}$/);
      }
      expect(withReturnTo("/sign-in", { path, orgId }).length).toBeLessThan(3_100);
      const startedBy = { accountId: null, email: `${"a".repeat(64)}@${"b".repeat(189)}`, orgId: null };
      const cookie = encryptOAuthFlow({ secret: "s".repeat(43), startedBy, returnTo: { path, orgId } });
      expect(cookie.length).toBeLessThan(3_000);
      expect(decryptOAuthFlow(cookie)?.returnTo).toEqual({ path, ...(orgId && { orgId }) });
    }),
    { numRuns: 500 },
  );
});

test("SSO-7: a cookie that was not encrypted here holds no flow", () => {
  const flow = { secret: "secret", startedBy: { accountId: null, email: null, orgId: null }, returnTo: { path: "/orgs" } };
  const forged = [JSON.stringify(flow), Buffer.from(JSON.stringify(flow)).toString("base64url"), `${encryptOAuthFlow(flow).slice(0, -2)}AA`, "", "%"];
  for (const value of forged) expect(decryptOAuthFlow(value)).toBeNull();
});
