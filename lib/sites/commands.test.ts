import { describe, expect, test } from "vitest";
import { fromMapSites } from "@/lib/shared/map-sites";
import { listSitesOnMap } from "@/lib/site-map/queries";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { listSites } from "@/lib/sites/queries";
import { listAuditEntries, latestAuditEntry, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const berlin = { name: "Berlin Mitte", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Invalidenstraße 4", groups: "DACH" };
const names = async (...args: Parameters<typeof listSites>) => (await listSites(...args)).rows.map(({ name }) => name);

describe("createSite", () => {
  test("creates the site, its groups and an audit entry", async () => {
    const superUser = await newSuperUser();
    const site = await createSite(superUser, berlin);
    expect(await names(superUser, {})).toEqual(["Berlin Mitte"]);
    expect(site.groups).toEqual(["DACH"]);
    expect(await latestAuditEntry(superUser)).toMatchObject({
      name: "site.created",
      message: "Added site Berlin Mitte",
      siteId: site.id,
      siteName: "Berlin Mitte",
      actorId: superUser.id,
      ipAddress: "192.0.2.7",
      change: { after: { country: "DE" } },
    });
  });

  test("SIT-3: a site is created with coordinates, also those that are typed as its address", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, { ...berlin, latlng: "52.53, 13.38" });
    expect((await latestAuditEntry(superUser))?.change?.after).toMatchObject({ latlng: { lat: 52.53, lng: 13.38 } });
    await createSite(superUser, { ...berlin, name: "Kiel", streetAddress: "54.32 N, 10.13 E" });
    const { sites } = await listSitesOnMap(superUser, {});
    expect(fromMapSites(sites)).toMatchObject([{ name: "Berlin Mitte", latitude: 52.53, longitude: 13.38 }, { name: "Kiel", latitude: 54.32, longitude: 10.13 }]);
    const wrong = createSite(superUser, { ...berlin, name: "Nowhere", streetAddress: "95, 10", latlng: "Kiel" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid", fields: { latlng: ["Enter latitude and longitude, like 54.3233, 10.1228"] } });
    await expect(createSite(superUser, { ...berlin, name: "Nowhere", streetAddress: "95, 10" })).rejects.toMatchObject({ fields: { streetAddress: ["Latitude goes from -90 to 90, longitude from -180 to 180"] } });
  });

  test("SIT-1: a name already used in the organization is reported at its field", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, berlin);
    await expect(createSite(superUser, berlin)).rejects.toMatchObject({
      code: "conflict",
      fields: { name: ["A site with this name already exists"] },
    });
    await expect(createSite(await newSuperUser(), berlin)).resolves.toMatchObject({ name: "Berlin Mitte" });
  });

  test.each(["BERLIN mitte", "Berlin\u00a0 Mitte", "Ｂerlin Mitte", "Ber\u00adlin Mitte"])("SIT-1: %j looks like Berlin Mitte and is taken", async (name) => {
    const superUser = await newSuperUser();
    await createSite(superUser, berlin);
    await expect(createSite(superUser, { ...berlin, name })).rejects.toMatchObject({ code: "conflict", fields: { name: ["A site with this name already exists"] } });
  });

  test("SIT-6: groups whose names look alike are one group", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, berlin);
    const other = await createSite(superUser, { ...berlin, name: "Kiel", groups: "dach, Ｄach, Nord" });
    expect(other.groups).toEqual(["DACH", "Nord"]);
  });

  test("X-4: reports errors for each field", async () => {
    const wrong = createSite(await newSuperUser(), { name: " ", country: "XX", timeZone: "Mars/Olympus" });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid",
      fields: { name: ["Give the site a name"], country: ["Choose the country"], timeZone: ["Choose the time zone"] },
    });
  });

  test("TEN-8: rejects fields that the form does not have", async () => {
    const superUser = await newSuperUser();
    const extra = { id: superUser.id, organizationId: superUser.orgId, createdAt: "2020-01-01", version: 7, role: "super_user" };
    for (const [field, value] of Object.entries(extra)) {
      await expect(createSite(superUser, { ...berlin, [field]: value }), field).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("is forbidden for a Network Admin of some sites, and the attempt is logged", async () => {
    const superUser = await newSuperUser();
    const scoped = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
    await expect(createSite(scoped, berlin)).rejects.toMatchObject({ code: "forbidden" });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "access.denied", actorId: scoped.id });
  });
});

describe("updateSite", () => {
  test("X-6: a save with an outdated version gets the current values and changes nothing", async () => {
    const superUser = await newSuperUser();
    const { id: siteId, version } = await createSite(superUser, berlin);
    const other = await newMember(superUser.org, "network_admin");
    await updateSite(other, { ...berlin, siteId, version, name: "Mitte" });
    const late = updateSite(superUser, { ...berlin, siteId, version, streetAddress: "Elsewhere" });
    const now = { name: "Mitte", streetAddress: "Invalidenstraße 4", version: String(version + 1) };
    await expect(late).rejects.toMatchObject({ code: "conflict", updatedBy: other.name, currentValues: now });
    expect(await names(superUser, {})).toEqual(["Mitte"]);
    await updateSite(superUser, { ...berlin, siteId, version: version + 1, name: "Mitte", streetAddress: "Elsewhere" });
    await expect(updateSite(superUser, { ...berlin, siteId, version, streetAddress: "Here" })).rejects.toMatchObject({ updatedBy: "You" });
  });

  test("X-6: an administrator of some sites gets changed groups in the conflict too", async () => {
    const superUser = await newSuperUser();
    const { id: siteId, version } = await createSite(superUser, berlin);
    const scoped = await newMember(superUser.org, "network_admin", [siteId]);
    await updateSite(superUser, { ...berlin, siteId, version, groups: "East, North" });
    const late = updateSite(scoped, { ...berlin, siteId, version, streetAddress: "Elsewhere" });
    await expect(late).rejects.toMatchObject({ code: "conflict", updatedBy: superUser.name, currentValues: { groups: "East, North" } });
  });

  test("X-6: one of 20 parallel saves of the same version succeeds", async () => {
    const superUser = await newSuperUser();
    const { id: siteId, version } = await createSite(superUser, berlin);
    const saves = Array.from({ length: 20 }, (_, index) => updateSite(superUser, { ...berlin, siteId, version, name: `Name ${index}` }));
    const outcomes = await Promise.allSettled(saves);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listAuditEntries(superUser)).filter(({ name }) => name === "site.updated")).toHaveLength(1);
  });

  test("the audit entry has only changed fields, and a save without changes writes none", async () => {
    const superUser = await newSuperUser();
    const { id: siteId, version } = await createSite(superUser, berlin);
    await updateSite(superUser, { ...berlin, siteId, version, name: "Mitte" });
    expect((await latestAuditEntry(superUser))?.change).toEqual({ before: { name: "Berlin Mitte" }, after: { name: "Mitte" } });
    await updateSite(superUser, { ...berlin, siteId, version: version + 1, name: "Mitte" });
    expect(await listAuditEntries(superUser)).toHaveLength(2);
  });

  test("ADM-7: only sites in scope can be updated", async () => {
    const superUser = await newSuperUser();
    const own = await createSite(superUser, berlin);
    const hidden = await createSite(superUser, { ...berlin, name: "Kiel", groups: "" });
    const scoped = await newMember(superUser.org, "network_admin", [own.id]);
    expect(await names(scoped, {})).toEqual(["Berlin Mitte"]);
    expect((await listSites(scoped, {})).total).toBe(1);
    await updateSite(scoped, { ...berlin, siteId: own.id, version: own.version, name: "Mitte" });
    const outOfScope = updateSite(scoped, { ...berlin, siteId: hidden.id, version: hidden.version });
    await expect(outOfScope).rejects.toMatchObject({ code: "not_found" });
  });

  test("TEN-7: an administrator of some sites cannot change groups", async () => {
    const superUser = await newSuperUser();
    const own = await createSite(superUser, berlin);
    const scoped = await newMember(superUser.org, "network_admin", [own.id]);
    const widened = updateSite(scoped, { ...berlin, siteId: own.id, version: own.version, groups: "DACH, Large stores" });
    await expect(widened).rejects.toMatchObject({ code: "invalid", fields: { groups: expect.any(Array) } });
  });

  test("TEN-3: another organization's site gives not_found", async () => {
    const { id: siteId, version } = await createSite(await newSuperUser(), berlin);
    const stranger = await newSuperUser();
    await expect(updateSite(stranger, { ...berlin, siteId, version })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteSite(stranger, { siteId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("deleteSite", () => {
  test("deletes the site and keeps its audit entries", async () => {
    const superUser = await newSuperUser();
    const { id: siteId } = await createSite(superUser, berlin);
    await deleteSite(superUser, { siteId });
    expect(await names(superUser, {})).toEqual([]);
    expect(await listAuditEntries(superUser)).toMatchObject([
      { name: "site.deleted", siteName: "Berlin Mitte" },
      { name: "site.created", siteName: "Berlin Mitte" },
    ]);
  });
});
