import { permittedActor, requireActor } from "@/lib/web/page";
import { Refused, Shell } from "../../shell";
import { inviteAdministratorAction } from "../actions";
import { placesFor } from "../places";
import { InviteForm } from "./invite-form";

const title = "Invite Administrator";

export default async function InvitePage({ params }: PageProps<"/orgs/[orgId]/administrators/invite">) {
  const { orgId } = await params;
  const here = await permittedActor(orgId, "administrator.invite");
  if (!here) return <Shell here={await requireActor(orgId)} title={`${title} · Administrators`}><Refused title={title} /></Shell>;
  return (
    <Shell here={here} title={`${title} · Administrators`}>
      <InviteForm
        action={inviteAdministratorAction.bind(null, orgId)}
        parent={{ label: "Administrators", href: `/orgs/${orgId}/administrators` }}
        places={await placesFor(here.actor)}
      />
    </Shell>
  );
}
