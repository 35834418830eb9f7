import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { mapPin } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { listSites } from "@/lib/sites/queries";
import { ListSites } from "@/lib/sites/schema";
import { countries } from "@/lib/shared/countries";
import { orgPage } from "@/lib/web/org-page";
import { siteColumns } from "./columns";

const title = "Site Configuration";

export default orgPage({ permission: "site.read", title, search: ListSites }, async ({ actor, search, query }) => {
  const { rows, total, countriesUsed, ...turn } = await listSites(actor, search);
  const choices = Object.entries(countries).flatMap(([value, label]) => (countriesUsed.includes(value) ? [{ value, label }] : []));
  const path = `/orgs/${actor.orgId}/sites`;
  const create = can(actor, "site.create") && (
    <LinkButton href={`${path}/new`} variant="primary">Create Site</LinkButton>
  );
  return (
    <>
      <PageHeader title={title} help="The places of this organization, and how each is set up.">{create}</PageHeader>
      <DataTable
        caption="Sites"
        columns={siteColumns(actor.orgId)}
        rows={rows}
        params={query}
        path={path}
        sort="name"
        page={{ ...turn, about: total, noun: total === 1 ? "site" : "sites", labels: { previous: "Previous", next: "Next" } }}
        search={{ name: "search", label: "Search sites" }}
        filters={<FilterMenu name="country" label="Countries" options={choices} params={query} path={path} />}
        download={[{ label: "CSV", href: `${path}/download` }]}
        empty={
          <Empty title="No sites yet" icon={mapPin}>
            <p>A site is one place: a shop, an office, a campus. Devices and people are assigned to sites.</p>
            {create}
          </Empty>
        }
      />
    </>
  );
});
