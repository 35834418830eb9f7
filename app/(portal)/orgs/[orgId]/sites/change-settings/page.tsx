import { fieldViews } from "@/components/settings/field-view";
import { namesText, selectionParams, splitSelection } from "@/components/table/selection";
import { totalText } from "@/components/table/table-foot";
import { hrefWith } from "@/components/table/url";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import type { Actor } from "@/lib/access/actor";
import { BulkEditParams } from "@/lib/site-bulk-edit/schema";
import { bulkSections } from "@/lib/site-bulk-edit/sections";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { sectionSet } from "@/lib/shared/settings/section-set";
import { getSelectedSites, listSites } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { changeSelectedSitesAction } from "../actions";
import { ownFields } from "../[siteId]/own-fields";
import { BulkEditForm } from "./form";

const title = "Change settings";

/** The fields that the page of a site draws itself, for no site in particular. */
const ownFieldsOf = (actor: Actor, times: Parameters<typeof ownFields>[0]["times"]) =>
  ownFields({ actor, updates: true, times, site: { siteId: "", name: "", version: 0, document: {}, secrets: [], inherited: {}, upgradeScheduledAt: null } });

export default orgPage({ permission: "site.update", title, search: BulkEditParams }, async ({ actor, session, search, query }) => {
  const list = `/orgs/${actor.orgId}/sites`;
  const { params, selected } = splitSelection(query);
  const section = bulkSections.find(({ id }) => id === search.section) ?? bulkSections[0];
  const filter = { search: search.search ?? "", countries: [search.country ?? []].flat(), inGroups: [search.group ?? []].flat() };
  const names = selected.all || selected.ids.length === 0 ? [] : await getSelectedSites(actor, { ids: selected.ids });
  const total = selected.all ? (await listSites(actor, search)).total : names.length;
  const listParams = { search: search.search, country: search.country, group: search.group };
  const backHref = hrefWith(list, listParams, selectionParams(params, selected));
  const parent = { label: "Site Configuration", href: backHref };
  if (!section || total === 0) {
    return (
      <>
        <PageHeader title={title} parent={parent} />
        <Empty title="No sites selected">
          <p>Select sites in the list first.</p>
          <LinkButton href={list} variant="primary">Sites</LinkButton>
        </Empty>
      </>
    );
  }
  const times = await timeFormat(session);
  const own = await ownFieldsOf(actor, times);
  const fields = fieldViews(section, { secrets: [] }, times).filter(({ name, control }) => control.kind !== "own" || Object.hasOwn(own, name));
  return (
    <BulkEditForm
      title={`${title}: ${section.title}`}
      parent={parent}
      action={changeSelectedSitesAction.bind(null, actor.orgId)}
      section={section.id}
      description={section.description}
      fields={fields}
      own={own}
      defaults={sectionRules(sectionSet([section])).toForm({})}
      selected={selected}
      filter={filter}
      total={total}
      what={selected.all ? `All ${totalText({ total })} sites that match the filter.` : namesText(names)}
      doneHref={hrefWith(list, listParams, {})}
    />
  );
});
