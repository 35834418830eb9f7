import type { Actor } from "@/lib/access/actor";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";

const options = (rows: { id: string; name: string }[]) => rows.map(({ id, name }) => ({ value: id, label: name }));

/** The sites and groups that this actor can give. */
export async function placesFor(actor: Actor) {
  const [sites, groups] = await Promise.all([listSiteOptions(actor, { all: true }), listSiteGroupOptions(actor, { all: true })]);
  return { sites: options(sites.choices), groups: options(groups.choices) };
}
