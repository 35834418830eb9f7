import { orgPage } from "@/lib/web/org-page";
import { inviteAdministratorAction } from "../actions";
import { accessOptions } from "../options";
import { InviteForm } from "./invite-form";

export default orgPage({ permission: "administrator.invite", title: "Invite Administrator" }, async ({ actor, session }) => (
  <InviteForm
    action={inviteAdministratorAction.bind(null, actor.orgId)}
    parent={{ label: "Administrators", href: `/orgs/${actor.orgId}/administrators` }}
    severalHref={`/orgs/${actor.orgId}/administrators/invite/several`}
    options={await accessOptions(actor, session)}
  />
));
