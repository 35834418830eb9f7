import * as z from "zod/mini";
import { HiddenField, SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { splitSelection } from "@/components/table/selection";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { effectivePermissions, siteAccessText } from "@/lib/effective-access/rules";
import { accessEndText } from "@/lib/administrators/rules";
import { listEffectiveAccess } from "@/lib/effective-access/queries";
import { EffectiveAccessParams } from "@/lib/effective-access/schema";
import { roles } from "@/lib/shared/roles";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { startViewAsAction } from "../../../../../account/view-as/actions";
import { rolesHref } from "../../options";
import { SiteAccessList } from "./site-access-list";

const title = "Effective access";
const params = z.object({ administratorId: z.uuid() });

export default orgPage({ permission: "effective_access.read", title, params, search: EffectiveAccessParams }, async ({ actor, session, params: { administratorId }, search, query }) => {
  const { administrator, rows, total, ...page } = await listEffectiveAccess(actor, { ...search, administratorId });
  const { name, role, accountId, accessEndsAt } = administrator;
  const { zone } = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/administrators/${administratorId}`;
  return (
    <>
      <PageHeader title={title} parent={{ label: name, href: path }}>
        {accountId !== actor.id && can(actor, "access.view_as") && (
          <ButtonForm action={startViewAsAction}>
            <HiddenField name="organization" value={actor.orgId} />
            <HiddenField name="administratorId" value={administratorId} />
            <SubmitButton variant="plain">View as {name}</SubmitButton>
          </ButtonForm>
        )}
      </PageHeader>
      <p className="px-gutter pb-3 text-muted">
        {accessEndsAt && `Access ends after ${accessEndText(accessEndsAt, zone)}. `}
        {roles[role].label}: can {effectivePermissions(administrator)}. <TextLink href={rolesHref(actor.orgId)}>What each role can do</TextLink>
      </p>
      <SiteAccessList
        rows={rows.map((row) => ({ id: row.id, name: row.name, through: siteAccessText(administrator, row) }))}
        params={splitSelection(query).params}
        path={`${path}/access`}
        sitesPath={`/orgs/${actor.orgId}/sites`}
        page={{ ...page, total, noun: total === 1 ? "site" : "sites" }}
      />
    </>
  );
});
