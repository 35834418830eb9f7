import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { type Actor, can } from "@/lib/access/actor";
import { type Administrator, getAdministrator } from "@/lib/administrators/queries";
import { accessFormValues } from "@/lib/administrators/rules";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { updateAdministratorAction } from "../actions";
import { accessOptions } from "../options";
import { AdministratorForm } from "./administrator-form";
import { Dialogs } from "./dialogs";
import { Facts } from "./facts";

const title = "Administrators";
const params = z.object({ administratorId: z.uuid() });

export default orgPage({ permission: "administrator.read", title, params }, async ({ actor, session, membership, params: ids, query }) => {
  const administrator = await getAdministrator(actor, ids);
  const { id, name, accountId } = administrator;
  const times = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/administrators`;
  const parent = { label: title, href: path };
  const self = accountId === actor.id;
  const accessHref = can(actor, "effective_access.read") ? `${path}/${id}/access` : undefined;

  if (self || !can(actor, "administrator.update")) {
    const description = self ? "This is you. You can’t change your own access." : "Your role can view this page, but not change it.";
    return (
      <>
        <PageHeader title={name} parent={parent} />
        <Sections>
          <Facts administrator={administrator} times={times} description={description} access accessHref={accessHref} />
        </Sections>
      </>
    );
  }
  return (
    <>
      <AdministratorForm
        action={updateAdministratorAction.bind(null, actor.orgId)}
        name={name}
        defaults={accessFormValues(administrator, times.zone)}
        parent={parent}
        options={await accessOptions(actor, session, administrator)}
        aside={<Actions actor={actor} path={`${path}/${id}`} administrator={administrator} />}
      >
        <Facts administrator={administrator} times={times} description={accountId ? "Only they can change these, in My Account." : undefined} accessHref={accessHref} />
      </AdministratorForm>
      <Dialogs actor={actor} organization={membership.orgName} administrator={administrator} dialog={query.dialog} />
    </>
  );
});

function Actions({ actor, path, administrator: { accountId } }: { actor: Actor; path: string; administrator: Administrator }) {
  if (accountId) {
    return (
      <>
        <Menu id="more" label="More" variant="quiet" align="end">
          <AppLink href={`${path}?dialog=reset`}>Send Password Reset</AppLink>
          <AppLink href={`${path}?dialog=sessions`}>End Sessions</AppLink>
        </Menu>
        {can(actor, "administrator.revoke") && <LinkButton href={`${path}?dialog=revoke`} variant="quiet">Revoke Access</LinkButton>}
      </>
    );
  }
  if (!can(actor, "administrator.invite")) return null;
  return (
    <>
      <LinkButton href={`${path}?dialog=cancel`} variant="quiet">Cancel Invitation</LinkButton>
      <LinkButton href={`${path}?dialog=resend`}>Resend Invitation</LinkButton>
    </>
  );
}
