import { expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues, siteVariablesOf } from "@/lib/site-settings/rules";
import { latestAuditEntry, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { importVariables } from "@/lib/variable-import/commands";
import { previewVariableImport } from "@/lib/variable-import/queries";

const variablesOf = async (actor: Actor, siteId: string) => siteVariablesOf(await getSiteSettings(actor, { siteId }));
const save = async (actor: Actor, siteId: string, vars: string) =>
  updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), vars });

test("SIT-13: variables are saved with the page, in any order, with what changed in the audit entry; none is no setting", async () => {
  const superUser = await newSuperUser();
  const { id } = await newSite(superUser.org);
  await save(superUser, id, "vlan10, 20-30\n{{vlan2}}, 200,222");
  expect(await variablesOf(superUser, id)).toEqual({ vlan2: "200,222", vlan10: "20-30" });
  expect(await latestAuditEntry(superUser)).toMatchObject({ message: expect.stringContaining("Site Variables"), change: { before: { vars: null }, after: { vars: { vlan2: "200,222", vlan10: "20-30" } } } });
  const { version } = await getSiteSettings(superUser, { siteId: id });
  await save(superUser, id, "vlan2, 200,222\nvlan10, 20-30");
  expect((await getSiteSettings(superUser, { siteId: id })).version).toBe(version);
  await save(superUser, id, "");
  expect((await getSiteSettings(superUser, { siteId: id })).document).not.toHaveProperty("vars");
});

test("SIT-13: an import adds what is new and keeps what exists, as its preview said", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  await save(superUser, siteId, "vlan01, 1");
  const document = "Variable,Value\n{{vlan01}},10\n{{vlan02}},20\nvlan-3,30\n";
  expect((await previewVariableImport(superUser, { siteId, document })).results.map(({ done }) => done)).toEqual([false, true, false]);
  expect(await variablesOf(superUser, siteId)).toEqual({ vlan01: "1" });
  await importVariables(superUser, { siteId, document });
  expect(await variablesOf(superUser, siteId)).toEqual({ vlan01: "1", vlan02: "20" });
  const entry = await latestAuditEntry(superUser);
  expect(entry).toMatchObject({ name: "site.updated", change: { after: { vars: { vlan02: "20" } } } });
  await importVariables(superUser, { siteId, document });
  expect((await latestAuditEntry(superUser))?.id).toBe(entry?.id);
});

test("SIT-13: imports at the same time add all their variables, and no site beyond a person’s scope is touched", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  await Promise.all(Array.from({ length: 8 }, (_, at) => importVariables(superUser, { siteId, document: `Variable,Value\nv${at},${at}\nshared,${at}` })));
  expect(Object.keys(await variablesOf(superUser, siteId)).toSorted()).toEqual(["shared", ...Array.from({ length: 8 }, (_, at) => `v${at}`)]);
  const other = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
  await expect(importVariables(other, { siteId, document: "Variable,Value\na,1" })).rejects.toMatchObject({ code: "not_found" });
  const observer = await newMember(superUser.org, "observer");
  await expect(importVariables(observer, { siteId, document: "Variable,Value\na,1" })).rejects.toMatchObject({ code: "forbidden" });
});
