import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { listAdministrators } from "@/lib/administrators/queries";
import { ListAdministrators } from "@/lib/administrators/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { AdministratorList } from "./administrator-list";
import { toAdministratorRow } from "./administrator-row";
import { SelectionDialogs, selectionActions } from "./selection-dialogs";
import { roleChoices } from "./words";

const title = "Administrators";

export default orgPage({ permission: "administrator.read", title, search: ListAdministrators }, async ({ actor, session, search, query }) => {
  const { rows, total, ...page } = await listAdministrators(actor, search);
  const times = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/administrators`;
  const { params, selected } = splitSelection(query);
  const inviteHref = can(actor, "administrator.invite") ? `${path}/invite` : undefined;
  const noun = total === 1 ? "administrator" : "administrators";
  return (
    <>
      <PageHeader title={title} help="Who has access to this organization, and to which of its sites.">
        {inviteHref && <LinkButton href={inviteHref} variant="primary">Invite Administrator</LinkButton>}
      </PageHeader>
      <AdministratorList
        rows={rows.map((row) => toAdministratorRow(row, times))}
        params={params}
        selected={selected}
        actions={selectionActions(actor)}
        path={path}
        page={{ ...page, total, noun, note: `times in ${times.zone}` }}
        roles={roleChoices}
        inviteHref={inviteHref}
      />
      <SelectionDialogs actor={actor} selected={selected} search={search} total={total} params={params} path={path} />
    </>
  );
});
