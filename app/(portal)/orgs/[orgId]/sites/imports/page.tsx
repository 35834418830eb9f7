import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listSiteImports } from "@/lib/site-imports/queries";
import { ListSiteImports } from "@/lib/site-imports/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../../account/views/dialogs";
import { viewsMenuOf } from "../../../../account/views/views-menu";
import { statusLabels } from "./labels";
import { SiteImportList } from "./site-import-list";
import { toSiteImportRow } from "./site-import-row";

const title = "Imports";
const options = Object.entries(statusLabels).map(([value, { label }]) => ({ value, label }));

export default orgPage({ permission: "site.create", title, search: ListSiteImports }, async ({ actor, session, search, query }) => {
  const { params, selected } = splitSelection(query);
  const [{ rows, total, ...page }, views, times] = await Promise.all([listSiteImports(actor, search), viewsMenuOf(actor, "sites/imports", params), timeFormat(session)]);
  const sites = `/orgs/${actor.orgId}/sites`;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Site Configuration", href: sites }} help="Lists of sites that were imported in the past year.">
        <LinkButton href={`${sites}/import`} variant="primary">Import Sites</LinkButton>
      </PageHeader>
      <SiteImportList
        rows={rows.map((row) => toSiteImportRow(row, times))}
        params={params}
        path={`${sites}/imports`}
        page={{ ...page, total, noun: total === 1 ? "import" : "imports", note: `times in ${times.zone}` }}
        filters={[{ name: "status", label: "Status", options }]}
        views={views}
        importHref={`${sites}/import`}
      />
      <SavedViewDialogs actor={actor} list="sites/imports" params={params} dialog={selected.dialog} />
    </>
  );
});
