import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import { hrefWith } from "@/components/table/url";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { users } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { listAdministrators } from "@/lib/administrators/queries";
import { ListAdministrators } from "@/lib/administrators/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { administratorColumns } from "./columns";
import { roleChoices } from "./words";

const title = "Administrators";

export default orgPage({ permission: "administrator.read", title, search: ListAdministrators }, async ({ actor, session, search, query }) => {
  const { rows, total, ...turn } = await listAdministrators(actor, search);
  const times = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/administrators`;
  const invite = can(actor, "administrator.invite") && (
    <LinkButton href={`${path}/invite`} variant="primary">Invite Administrator</LinkButton>
  );
  const noun = total === 1 ? "administrator" : "administrators";
  return (
    <>
      <PageHeader title={title} help="Who has access to this organization, and to which of its sites.">{invite}</PageHeader>
      <DataTable
        caption={title}
        columns={administratorColumns(actor.orgId, times)}
        rows={rows}
        params={query}
        path={path}
        sort="name"
        page={{ ...turn, about: total, noun, note: `times in ${times.zone}`, labels: { previous: "Previous", next: "Next" } }}
        search={{ name: "search", label: "Search administrators" }}
        filters={<FilterMenu name="role" label="Roles" options={roleChoices} params={query} path={path} />}
        download={[{ label: "CSV", href: hrefWith(`${path}/download`, query, {}) }]}
        empty={
          <Empty title="Nobody has access yet" icon={users}>
            <p>Administrators are the people who run this organization.</p>
            {invite}
          </Empty>
        }
      />
    </>
  );
});
