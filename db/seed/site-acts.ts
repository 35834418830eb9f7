import type { DemoSite } from "@/db/seed/organizations";
import type { Colleague, SiteRow, Stage } from "@/db/seed/stage";

const shown = ({ version: _, createdAt: __, updatedAt: ___, ...facts }: SiteRow) => ({
  ...facts,
  groups: [...facts.groups],
});

const about = ({ id, name }: SiteRow) => ({ subject: { id, label: name }, site: { id, name } });

export function createSite({ dice, sites, tell }: Stage, who: Colleague, at: Date, site: DemoSite) {
  const row = { ...site, id: dice.id(at), groups: [...site.groups], version: 1, createdAt: at, updatedAt: at };
  sites.push(row);
  tell(at, who, "site.created", { ...about(row), after: shown(row) });
}

export function deleteSite({ sites, tell }: Stage, who: Colleague, at: Date, name: string) {
  const place = sites.findIndex((site) => site.name === name);
  const [gone] = place < 0 ? [] : sites.splice(place, 1);
  if (gone) tell(at, who, "site.deleted", { ...about(gone), before: shown(gone) });
}

/** The sites somebody sees, as they stand at this point of the story. */
export function sitesOf({ sites }: Stage, { scope }: Colleague): SiteRow[] {
  if (scope === "all") return sites;
  if ("sites" in scope) return sites.filter(({ name }) => scope.sites.includes(name));
  return sites.filter(({ groups }) => groups.some((group) => scope.groups.includes(group)));
}

/** One small change to one of somebody's sites: another entrance, or a group joined or left. */
export function updateSite(stage: Stage, who: Colleague, at: Date) {
  const reach = sitesOf(stage, who);
  if (reach.length === 0) return;
  const marked = reach.filter((site) => entranceOf(stage, site));
  const site = stage.dice.pick(marked.length > 0 && stage.dice.odds(0.6) ? marked : reach);
  const changed = who.scope === "all" && stage.dice.odds(0.45) ? otherGroups(stage, site) : otherAddress(stage, site);
  const [field = "address"] = Object.keys(changed);
  const before = { [field]: field === "groups" ? site.groups : site.address };
  Object.assign(site, changed, { version: site.version + 1, updatedAt: at });
  stage.tell(at, who, "site.updated", { ...about(site), before, after: changed });
}

function otherGroups({ dice, organization }: Stage, { groups }: SiteRow) {
  const group = dice.pick(organization.passingGroups);
  const rest = groups.filter((name) => name !== group);
  const named = rest.length < groups.length ? rest : [...groups, group];
  return { groups: named.sort((one, other) => one.localeCompare(other, "en")) };
}

const entranceOf = ({ organization }: Stage, { address }: SiteRow) =>
  organization.entrances.find((words) => address.endsWith(words));

function otherAddress(stage: Stage, site: SiteRow) {
  const entrance = entranceOf(stage, site);
  const { dice, organization } = stage;
  return { address: entrance ? site.address.slice(0, -entrance.length) : `${site.address}${dice.pick(organization.entrances)}` };
}
