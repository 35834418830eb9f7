import { describe, expect, test } from "vitest";
import { accessLabel, accessSummary, daysSince, canGrant } from "@/lib/administrators/rules";
import { InviteAdministrator, UpdateAdministrator } from "@/lib/administrators/schema";
import { roles, roleNames, scopeKinds } from "@/lib/shared/roles";

test("ADM-1: site access is summarized as a short phrase", () => {
  expect(accessSummary({ scope: "all", names: [], count: 0 })).toBe("all sites");
  expect(accessSummary({ scope: "sites", names: ["Kiel"], count: 1 })).toBe("the site Kiel");
  expect(accessSummary({ scope: "sites", names: ["Hamburg", "Kiel"], count: 2 })).toBe("the sites Hamburg and Kiel");
  expect(accessSummary({ scope: "groups", names: ["North", "South", "West"], count: 7 })).toBe(
    "the site groups North, South, West and 4 more",
  );
  expect(accessSummary({ scope: "sites", names: [], count: 0 })).toBe("no sites");
  expect(accessLabel({ scope: "all", names: [], count: 0 })).toBe("All sites");
  expect(accessLabel({ scope: "sites", names: ["Hamburg", "Kiel"], count: 2 })).toBe("Hamburg and Kiel");
  expect(accessLabel({ scope: "groups", names: ["North"], count: 1 })).toBe("Groups: North");
});

describe("ADM-2: site access of an invitation", () => {
  const site = "0199aaaa-0000-7000-8000-000000000001";
  const invite = (fields: object) =>
    InviteAdministrator.safeParse({ email: "a@example.test", firstName: "A", lastName: "B", role: "observer", ...fields });

  test("has no default: without a choice it is refused beside the field", () => {
    expect(invite({}).error?.issues).toMatchObject([{ path: ["scope"], message: "Choose the site access" }]);
    expect(invite({ scope: "all" }).data).toMatchObject({ scope: "all", sites: [], groups: [], hours: 168, phone: "" });
  });

  test.each(roleNames.filter((role) => roles[role].alwaysAllSites))("is fixed by the role %s, so that nothing is to be chosen", (role) => {
    expect(invite({ role }).data).toMatchObject({ role, scope: "all" });
  });

  test("names and telephone number are optional", () => {
    expect(InviteAdministrator.safeParse({ email: "a@example.test", role: "observer", scope: "all" }).data).toMatchObject({ firstName: "", lastName: "", phone: "" });
  });

  test.each(roleNames.filter((role) => roles[role].alwaysAllSites))("must be all sites for the role %s", (role) => {
    expect(invite({ role, scope: "sites", sites: [site] }).error?.issues[0]?.path).toEqual(["scope"]);
    expect(invite({ role, scope: "all", sites: [site] }).data?.sites).toEqual([]);
  });

  test("needs a selection when the scope is sites or groups", () => {
    expect(invite({ scope: "sites" }).error?.issues[0]?.path).toEqual(["sites"]);
    expect(invite({ scope: "groups", sites: [site] }).error?.issues[0]?.path).toEqual(["groups"]);
    expect(invite({ scope: "sites", sites: [site, site], groups: [site] }).data).toMatchObject({ sites: [site], groups: [] });
  });

  test("ADM-3: is valid for 1 to 168 hours", () => {
    expect([1, "24", 168].every((hours) => invite({ scope: "all", hours }).success)).toBe(true);
    expect([0, 169, -1, "x", 1.5, Number.NaN].some((hours) => invite({ scope: "all", hours }).success)).toBe(false);
  });

  test("TEN-8: rejects unknown fields", () => {
    for (const field of ["id", "orgId", "organizationId", "accountId", "acceptedAt", "invitedBy", "version", "status"]) {
      expect(invite({ scope: "all", [field]: site }).success).toBe(false);
    }
    expect(UpdateAdministrator.safeParse({ administratorId: site, version: 1, role: "observer", scope: "all", email: "b@example.test" }).success).toBe(false);
  });
});

test("TEN-7: granting all sites requires all sites, and only Super Users can grant access", () => {
  for (const own of roleNames) {
    for (const role of roleNames) {
      for (const scope of scopeKinds) {
        const everywhere = { grants: [{ role: own, sites: "all" as const }] };
        const somewhere = { grants: [{ role: own, sites: ["a"] }] };
        expect(canGrant(everywhere, "administrator.invite", { role, scope })).toBe(own === "super_user");
        expect(canGrant(somewhere, "administrator.invite", { role, scope })).toBe(
          own === "super_user" && scope === "sites" && !roles[role].alwaysAllSites,
        );
      }
    }
  }
});

test("PWD-6: the password age is counted in whole days", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const changedAt = ["2026-11-21T12:00:05Z", "2026-11-21T11:00:00Z", "2026-11-20T12:00:00Z", "2026-03-03T12:00:01Z"];
  expect(changedAt.map((at) => daysSince(new Date(at), now))).toEqual([0, 0, 1, 262]);
});
