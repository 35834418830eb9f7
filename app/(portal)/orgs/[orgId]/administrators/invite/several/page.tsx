import { maxInviteeListLength } from "@/lib/shared/invitee-limits";
import { orgPage } from "@/lib/web/org-page";
import { inviteSeveralAction } from "../../actions";
import { accessOptions } from "../../options";
import { InviteSeveralForm } from "./invite-several-form";

export default orgPage({ permission: "administrator.invite", title: "Invite Several" }, async ({ actor, session }) => (
  <InviteSeveralForm
    action={inviteSeveralAction.bind(null, actor.orgId)}
    parent={{ label: "Administrators", href: `/orgs/${actor.orgId}/administrators` }}
    options={await accessOptions(actor, session)}
    maxListLength={maxInviteeListLength}
  />
));
