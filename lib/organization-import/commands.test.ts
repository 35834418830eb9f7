import fc from "fast-check";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { exportOrganization } from "@/lib/organization-documents/commands";
import { importOnServer, importOrganization } from "@/lib/organization-import/commands";
import { previewImport } from "@/lib/organization-import/queries";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { createSite } from "@/lib/sites/commands";
import { listSites } from "@/lib/sites/queries";
import { staffActor } from "@/lib/staff/rules";
import { latestAuditEntry, listAuditEntries, newAccount, newMember, newOrg, newSite, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { newEmailAddress } from "@/lib/testing/sign-in";

const save = async (actor: Actor, values: Record<string, unknown>) => updateSettings.fromRaw(actor, { ...settingsFormValues(await getSettings(actor, {})), ...values });
const textsOf = ({ results }: Awaited<ReturnType<typeof importOrganization>>) => results.map(({ name, text }) => `${name}: ${text}`);
const exported = (actor: Actor) => exportOrganization(actor, {});
const imports = ({ orgId }: Actor) => listAuditEntries({ orgId }).then((entries) => entries.filter(({ name }) => name === "organization.imported"));
const start = "format_version: 1\n";

/** The same person as Super User of another, empty organization. */
async function emptyOrganization(person: Awaited<ReturnType<typeof newAccount>>) {
  const org = await newOrg();
  return { ...(await newMember(org, "super_user", "all", person)), org };
}

async function fullOrganization() {
  const person = await newAccount();
  const superUser = await emptyOrganization(person);
  await createSite(superUser, { name: "Kiel 2", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Hafen 1", groups: "Ports, Nord" });
  const { id: siteId } = (await listSites(superUser, {})).rows[0] ?? { id: "" };
  await updateSiteSettings.fromRaw(superUser, { ...siteSettingsFormValues(await getSiteSettings(superUser, { siteId })), latlng: "54.3233, 10.1228", notes: "Key: harbour office\nRing twice", persist_config_on_device: "true" });
  await createSite(superUser, { name: "Kiel 10", country: "NO", timeZone: "Europe/Oslo", streetAddress: "", groups: "" });
  await save(superUser, { session_expiry: "600", "ssr.conductor_hosts": "192.0.2.10", "names.installer.extra_site_ids": "Kiel 10\nKiel 2", "cloudshark.apitoken": "canary-7f-token", "password_policy.enabled": "true" });
  await inviteAdministrator.fromRaw(superUser, { email: newEmailAddress(), role: "observer", scope: "groups", groupNames: "Ports" });
  await newMember(superUser.org, "network_admin", [(await newSite(superUser.org, "no")).id]);
  return { person, superUser };
}

describe("ORG-31: export and import", () => {
  test("export, import into an empty organization and export again gives the same bytes", async () => {
    const { person, superUser } = await fullOrganization();
    const document = await exported(superUser);
    const empty = await emptyOrganization(person);
    await importOrganization(empty, { document });
    expect(await exported(empty)).toBe(document);
    const again = await importOrganization(empty, { document, remove: "true" });
    expect(again.results).toEqual([]);
    expect(await imports(empty)).toHaveLength(1);
  });

  test("CRY-2: the document holds settings, sites and people by name, and neither secrets nor ids", async () => {
    const { superUser } = await fullOrganization();
    const document = await exported(superUser);
    expect(document).toContain('country_code: "NO"');
    expect(document).toContain("extra_site_names:\n      - Kiel 2\n      - Kiel 10\n");
    expect(document).toContain("    setting:\n      persist_config_on_device: true\n");
    expect(document).toContain("    latlng:\n      lat: 54.3233\n      lng: 10.1228\n");
    expect(document).not.toMatch(/canary|[0-9a-f]{8}-[0-9a-f]{4}-/);
    const { message, change } = (await latestAuditEntry(superUser)) ?? {};
    expect(message).toBe(`Exported organization ${superUser.org.name}`);
    expect(change?.after).toEqual({ contents: ["2 site groups", "3 sites", "3 administrators"] });
  });

  test("arbitrary organizations survive the round trip byte by byte", async () => {
    const name = fc.string({ unit: fc.constantFrom(..."aZ09 -_'\"#:{}[]&*!|>%@`?é語🙂NoOfYes~.=+"), minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== "");
    const names = fc.uniqueArray(name, { maxLength: 4, selector: (text) => text.trim().toLowerCase().replaceAll(/\s+/g, " ") });
    const world = fc.record({ groups: names, sites: names, address: name, minutes: fc.integer({ min: 10, max: 20_160 }), lldp: fc.boolean(), hosts: fc.subarray(["192.0.2.1", "2001:db8::1"]) });
    await fc.assert(
      fc.asyncProperty(world, async ({ groups, sites, address, minutes, lldp, hosts }) => {
        const person = await newAccount();
        const from = await emptyOrganization(person);
        const written = JSON.stringify({
          format_version: 1,
          settings: { session_expiry: minutes, cradlepoint: { enable_lldp: lldp }, ssr: { conductor_hosts: hosts }, installer: { extra_site_names: sites.slice(0, 1) } },
          sitegroups: groups.map((group) => ({ name: group })),
          sites: sites.map((site, at) => ({ name: site, country_code: "FR", timezone: "Europe/Paris", address, latlng: { lat: minutes / 1_000, lng: -at }, notes: address, sitegroups: groups.slice(at), setting: { persist_config_on_device: lldp } })),
          admins: sites.map((site, at) => ({ email: `${at}.${person.email}`, role: "observer", scope: "site", sites: [site] })),
        });
        await importOrganization(from, { document: written });
        const document = await exported(from);
        const empty = await emptyOrganization(person);
        await importOrganization(empty, { document });
        expect(await exported(empty)).toBe(document);
      }),
      { numRuns: 15 },
    );
  });

  test("the plan says what would change, the import does it with one entry that holds the difference, and a second one changes nothing", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Alt 1", groups: "" });
    const [member, invited] = [await newMember(superUser.org, "observer"), newEmailAddress()];
    const document = `${start}settings:
  session_expiry: 60
sitegroups:
  - name: Ports
sites:
  - {name: Kiel, country_code: DE, timezone: Europe/Berlin, address: Neu 2, sitegroups: [ports], setting: {persist_config_on_device: true}}
  - {name: Oslo, country_code: "NO", timezone: Europe/Oslo}
admins:
  - {email: ${member.email}, role: helpdesk, scope: sitegroup, sitegroups: [Ports]}
  - {email: ${invited}, role: observer, scope: site, sites: [Oslo]}
`;
    const lines = [
      "Session Policy: Session Timeout after: changed from the default to 60",
      "Site group Ports: added",
      "Site Kiel: changed: address from “Alt 1” to “Neu 2”, site groups from “none” to “ports”, AP Config Persistence: Enable from the default to on",
      "Site Oslo: added",
      `Administrator ${member.email}: changed: role from “Observer” to “Helpdesk”, site access from “all sites” to “the site group Ports”`,
      `Administrator ${invited}: invited by email as Observer for the site Oslo`,
    ];
    const preview = await previewImport(superUser, { document });
    expect(textsOf(preview)).toEqual(lines);
    expect(await imports(superUser)).toEqual([]);
    expect(textsOf(await importOrganization(superUser, { document, plan: preview.basis }))).toEqual(lines);
    const entries = await listAuditEntries(superUser);
    expect(entries.map(({ name }) => name)).toEqual(["organization.imported", "site.created"]);
    expect(entries[0]).toMatchObject({
      message: `Imported a document into ${superUser.org.name}: 1 setting changed, 1 site group added, 1 site added, 1 site changed, 1 administrator added, 1 administrator changed`,
      change: { before: { session_expiry: null }, after: { session_expiry: 60, sites: [lines[2], lines[3]], administrators: [lines[4], lines[5]] } },
    });
    expect((await queuedEmailsTo(invited)).map(({ template }) => template)).toEqual(["invitation"]);
    expect((await importOrganization(superUser, { document, plan: preview.basis })).results).toEqual([]);
    expect(await imports(superUser)).toHaveLength(1);
    expect(await queuedEmailsTo(invited)).toHaveLength(1);
  });

  test("what the document lacks stays, unless its removal is asked for", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "Ports" });
    const member = await newMember(superUser.org, "observer");
    const invited = newEmailAddress();
    await inviteAdministrator.fromRaw(superUser, { email: invited, role: "observer", scope: "all" });
    await save(superUser, { session_expiry: "60" });
    const document = `${start}settings: {}\nsitegroups: []\nsites: []\nadmins: []\n`;
    expect((await importOrganization(superUser, { document })).results).toEqual([]);
    expect((await importOrganization(superUser, { document: start, remove: "true" })).results).toEqual([]);
    expect(new Set(textsOf(await importOrganization(superUser, { document, remove: "true" })))).toEqual(new Set([
      "Not imported: Your own access stays as it is. Another Super User can change it",
      "Session Policy: Session Timeout after: changed from 60 to the default",
      "Site group Ports: removed. Access that it gave ends",
      "Site Kiel: removed",
      `Administrator ${member.email}: access revoked. They get an email`,
      `Administrator ${invited}: invitation cancelled`,
    ]));
    expect((await queuedEmailsTo(member.email ?? "")).map(({ template }) => template)).toEqual(["access-revoked"]);
    const left = await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.select().from(memberships).where(eq(memberships.organizationId, superUser.orgId)));
    expect(left.map(({ email }) => email)).toEqual([superUser.email]);
  });

  test("X-6: 20 parallel imports of one plan make one change", async () => {
    const superUser = await newSuperUser();
    const document = `${start}sites:\n  - {name: Oslo, country_code: "NO", timezone: Europe/Oslo}\nadmins:\n  - {email: ${newEmailAddress()}, role: observer, scope: org}\n`;
    const { basis } = await previewImport(superUser, { document });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => importOrganization(superUser, { document, plan: basis })));
    const done = results.filter((result) => result.status === "fulfilled").map(({ value }) => value.results.length);
    expect(done.filter((changes) => changes > 0)).toEqual([2]);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    expect(await imports(superUser)).toHaveLength(1);
  });

  test("X-6: when somebody changes the organization after the plan was made, the new plan is shown and nothing is imported", async () => {
    const superUser = await newSuperUser();
    await createSite(superUser, { name: "Kiel", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "" });
    const document = `${start}sites:\n  - {name: Kiel, country_code: DE, timezone: Europe/Berlin, address: Neu 2}\n`;
    const { basis } = await previewImport(superUser, { document });
    expect((await importOrganization(superUser, { document: document.replace("Neu 2", "Alt 9") })).results).toHaveLength(1);
    const outcome = await importOrganization(superUser, { document, plan: basis });
    expect(outcome).toMatchObject({ isOutdated: true, results: [{ text: "changed: address from “Alt 9” to “Neu 2”" }] });
    expect(await imports(superUser)).toHaveLength(1);
    expect((await importOrganization(superUser, { document, plan: outcome.basis })).isOutdated).toBeUndefined();
    expect(await imports(superUser)).toHaveLength(2);
  });
});

describe("ORG-31: who may export and import, and what an import refuses", () => {
  const document = `${start}sitegroups:\n  - name: Ports\n`;

  test("TEN-4: readers of everything export, Super Users import, and a Network Admin of some sites does neither", async () => {
    const superUser = await newSuperUser();
    for (const role of ["network_admin", "super_observer"] as const) {
      const reader = await newMember(superUser.org, role);
      expect(await exported(reader)).toContain("sitegroups: []");
      await expect(previewImport(reader, { document })).rejects.toMatchObject({ code: "forbidden" });
      await expect(importOrganization(reader, { document })).rejects.toMatchObject({ code: "forbidden" });
    }
    const some = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
    const observer = await newMember(superUser.org, "observer");
    for (const other of [some, observer]) await expect(exported(other)).rejects.toMatchObject({ code: "forbidden" });
    expect(await imports(superUser)).toEqual([]);
  });

  test("the last Super User stays, and nobody changes their own access", async () => {
    const superUser = await newSuperUser();
    const second = await newMember(superUser.org, "super_user");
    const own = `${start}admins:\n  - {email: ${superUser.email}, role: observer, scope: org}\n`;
    expect(textsOf(await importOrganization(superUser, { document: own }))).toEqual(["Not imported: Your own access stays as it is. Another Super User can change it"]);
    const both = `${own}  - {email: ${second.email}, role: observer, scope: org}\n`;
    await expect(importOnServer(staffActor("Ida Holm"), superUser.orgId, { document: both, apply: true })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("at least one Super User") });
    expect(await imports(superUser)).toEqual([]);
  });

  test("Super Users swap in one document, and an invitation of staff can be accepted", async () => {
    const superUser = await newSuperUser();
    const other = await newMember(superUser.org, "observer");
    const invited = newEmailAddress();
    const swap = `${start}admins:\n  - {email: ${superUser.email}, role: observer, scope: org}\n  - {email: ${other.email}, role: super_user, scope: org}\n  - {email: ${invited}, role: observer, scope: org}\n`;
    expect((await importOnServer(staffActor("Ida Holm"), superUser.orgId, { document: swap, apply: true })).results).toHaveLength(3);
    const invitation = await getInvitation(await requireEmailToken(invited, "invitation"));
    expect(invitation).toMatchObject({ open: true, invitation: { permitted: true, inviter: "Signalbox" } });
  });

  test.each([
    ["a site that no group knows", `sites:\n- {name: Kiel, country_code: DE, timezone: Europe/Berlin, sitegroups: [Ports]}\n`, "Line 3, sites[0].sitegroups[0]: no site group is called “Ports”"],
    ["an administrator of an unknown site", `admins:\n- {email: a@example.test, role: observer, scope: site, sites: [Kiel]}\n`, "Line 3, admins[0].sites[0]: no site is called “Kiel”"],
    ["an unknown extra site", `settings:\n  installer:\n    extra_site_names: [Kiel]\n`, "Line 4, settings.installer.extra_site_names[0]: no site is called “Kiel”"],
    ["settings that do not fit each other", `settings:\n  mgmt:\n    use_mxtunnel: true\n    mxtunnel_ids: []\n`, "Line 5, settings.mgmt.mxtunnel_ids: Enter the ID of at least one edge tunnel"],
    ["too many invitations", `admins:\n${Array.from({ length: 101 }, (_, at) => `- {email: a${at}@example.test, role: observer, scope: org}\n`).join("")}`, "Line 2, admins: at most 100 people are invited at once"],
  ])("%s is refused with its line", async (_, body, message) => {
    const superUser = await newSuperUser();
    for (const run of [previewImport, importOrganization]) await expect(run(superUser, { document: start + body })).rejects.toMatchObject({ code: "invalid", fields: { document: [expect.stringContaining(message)] } });
    expect(await imports(superUser)).toEqual([]);
  });

  test("INP-4: a document of 10 MB is refused before it is read", async () => {
    const superUser = await newSuperUser();
    const began = performance.now();
    const tooLarge = { code: "invalid", fields: { document: [expect.stringContaining("larger than 256 kB")] } };
    await expect(importOrganization(superUser, { document: "[".repeat(10_000_000) })).rejects.toMatchObject(tooLarge);
    await expect(importOrganization(superUser, { document: "語".repeat(100_000) })).rejects.toMatchObject(tooLarge);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("a document of the largest size is imported", async () => {
    const superUser = await newSuperUser();
    const sites = Array.from({ length: 2_500 }, (_, at) => `- {name: Store ${at}, country_code: DE, timezone: Europe/Berlin, sitegroups: [G${at % 9}]}\n`).join("");
    const large = `${start}sitegroups:\n${Array.from({ length: 9 }, (_, at) => `- name: G${at}\n`).join("")}sites:\n${sites}`;
    expect((await importOrganization(superUser, { document: large })).results).toHaveLength(2_509);
    expect((await importOrganization(superUser, { document: large })).results).toEqual([]);
  }, 60_000);
});
