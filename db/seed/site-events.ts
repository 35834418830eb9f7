import type { DemoSite } from "@/db/seed/organizations";
import type { Builder, Member, SiteRow } from "@/db/seed/builder";

const auditedFacts = ({ version: _, createdAt: __, updatedAt: ___, latitude: ____, longitude: _____, ...facts }: SiteRow) => ({
  ...facts,
  groups: [...facts.groups],
});

const references = ({ id, name }: SiteRow) => ({ subject: { id, label: name }, site: { id, name } });

export function createSite({ rng, sites, record }: Builder, who: Member, at: Date, site: DemoSite) {
  const row = { ...site, id: rng.uuid(at), groups: [...site.groups], version: 1, createdAt: at, updatedAt: at };
  sites.push(row);
  record(at, who, "site.created", { ...references(row), after: auditedFacts(row) });
}

export function deleteSite({ sites, record }: Builder, who: Member, at: Date, name: string) {
  const index = sites.findIndex((site) => site.name === name);
  const [deleted] = index < 0 ? [] : sites.splice(index, 1);
  if (deleted) record(at, who, "site.deleted", { ...references(deleted), before: auditedFacts(deleted) });
}

/** The sites that a member can access at this point of the history. */
export function visibleSites({ sites }: Builder, { scope }: Member): SiteRow[] {
  if (scope === "all") return sites;
  if ("sites" in scope) return sites.filter(({ name }) => scope.sites.includes(name));
  return sites.filter(({ groups }) => groups.some((group) => scope.groups.includes(group)));
}

/** A small change to one of a member's sites: an address suffix, or a group joined or left. */
export function updateSite(builder: Builder, who: Member, at: Date) {
  const visible = visibleSites(builder, who);
  if (visible.length === 0) return;
  const suffixed = visible.filter((site) => currentSuffix(builder, site));
  const site = builder.rng.pick(suffixed.length > 0 && builder.rng.chance(0.6) ? suffixed : visible);
  const changed = who.scope === "all" && builder.rng.chance(0.45) ? changedGroups(builder, site) : changedAddress(builder, site);
  const [field = "streetAddress"] = Object.keys(changed);
  const before = { [field]: field === "groups" ? site.groups : site.streetAddress };
  Object.assign(site, changed, { version: site.version + 1, updatedAt: at });
  builder.record(at, who, "site.updated", { ...references(site), before, after: changed });
}

function changedGroups({ rng, organization }: Builder, { groups }: SiteRow) {
  const group = rng.pick(organization.temporaryGroups);
  const rest = groups.filter((name) => name !== group);
  const joined = rest.length < groups.length ? rest : [...groups, group];
  return { groups: joined.sort((one, other) => one.localeCompare(other, "en")) };
}

const currentSuffix = ({ organization }: Builder, { streetAddress }: SiteRow) =>
  organization.addressSuffixes.find((suffix) => streetAddress.endsWith(suffix));

function changedAddress(builder: Builder, site: SiteRow) {
  const suffix = currentSuffix(builder, site);
  const { rng, organization } = builder;
  return { streetAddress: suffix ? site.streetAddress.slice(0, -suffix.length) : `${site.streetAddress}${rng.pick(organization.addressSuffixes)}` };
}
