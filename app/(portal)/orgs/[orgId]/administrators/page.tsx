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
import { fromSearch, permittedActor, requireActor, timesFor } from "@/lib/web/page";
import { Refused, Shell } from "../shell";
import { administratorColumns } from "./columns";
import { roleChoices } from "./words";

const title = "Administrators";

export default async function AdministratorsPage({ params, searchParams }: PageProps<"/orgs/[orgId]/administrators">) {
  const { orgId } = await params;
  const asked = await searchParams;
  const here = await permittedActor(orgId, "administrator.read");
  if (!here) return <Shell here={await requireActor(orgId)} title={title}><Refused title={title} /></Shell>;

  const { rows, total, ...turn } = await listAdministrators(here.actor, fromSearch(ListAdministrators, asked));
  const times = await timesFor(here.session);
  const path = `/orgs/${orgId}/administrators`;
  const invite = can(here.actor, "administrator.invite") && (
    <LinkButton href={`${path}/invite`} variant="primary">Invite Administrator</LinkButton>
  );
  const noun = total === 1 ? "administrator" : "administrators";
  return (
    <Shell here={here} title={title} notice={asked.notice}>
      <PageHeader title={title} help="Who has access to this organization, and to which of its sites.">{invite}</PageHeader>
      <DataTable
        caption={title}
        columns={administratorColumns(orgId, times)}
        rows={rows}
        params={asked}
        path={path}
        sort="name"
        page={{ ...turn, about: total, noun, note: `times in ${times.zone}`, labels: { previous: "Previous", next: "Next" } }}
        search={{ name: "search", label: "Search administrators" }}
        filters={<FilterMenu name="role" label="Roles" options={roleChoices} params={asked} path={path} />}
        download={[{ label: "CSV", href: hrefWith(`${path}/download`, asked, {}) }]}
        empty={
          <Empty title="Nobody has access yet" icon={users}>
            <p>Administrators are the people who run this organization.</p>
            {invite}
          </Empty>
        }
      />
    </Shell>
  );
}
