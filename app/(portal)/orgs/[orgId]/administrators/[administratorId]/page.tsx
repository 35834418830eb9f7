import { notFound } from "next/navigation";
import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { can } from "@/lib/access/actor";
import { type Administrator, getAdministrator } from "@/lib/administrators/queries";
import { accessFormValues } from "@/lib/administrators/rules";
import { found, permittedActor, requireActor, timesFor } from "@/lib/web/page";
import { Refused, Shell } from "../../shell";
import { updateAdministratorAction } from "../actions";
import { placesFor } from "../places";
import { AdministratorForm } from "./administrator-form";
import { Facts } from "./facts";
import { Dialogs } from "./dialogs";

const title = "Administrators";

type Props = PageProps<"/orgs/[orgId]/administrators/[administratorId]">;

export default async function AdministratorPage({ params, searchParams }: Props) {
  const { orgId, administratorId } = await params;
  const { notice, dialog } = await searchParams;
  const here = await permittedActor(orgId, "administrator.read");
  if (!here) return <Shell here={await requireActor(orgId)} title={title}><Refused title={title} /></Shell>;
  if (!z.uuid().safeParse(administratorId).success) notFound();

  const administrator = await found(getAdministrator(here.actor, { administratorId }));
  const { id, name, accountId } = administrator;
  const times = await timesFor(here.session);
  const path = `/orgs/${orgId}/administrators`;
  const parent = { label: title, href: path };
  const self = accountId === here.actor.id;

  if (self || !can(here.actor, "administrator.update")) {
    const description = self ? "This is you. Nobody changes their own access." : "Your role reads this page.";
    return (
      <Shell here={here} title={`${name} · ${title}`} notice={notice}>
        <PageHeader title={name} parent={parent} />
        <Sections>
          <Facts administrator={administrator} times={times} description={description} access />
        </Sections>
      </Shell>
    );
  }
  return (
    <Shell here={here} title={`${name} · ${title}`} notice={notice}>
      <AdministratorForm
        action={updateAdministratorAction.bind(null, orgId)}
        name={name}
        defaults={accessFormValues(administrator)}
        parent={parent}
        places={await placesFor(here.actor)}
        aside={<Doings path={`${path}/${id}`} administrator={administrator} />}
      >
        <Facts administrator={administrator} times={times} description="They keep these facts themselves, in their account." />
      </AdministratorForm>
      <Dialogs orgId={orgId} organization={here.membership.orgName} administrator={administrator} asked={dialog} />
    </Shell>
  );
}

function Doings({ path, administrator: { accountId } }: { path: string; administrator: Administrator }) {
  if (accountId) {
    return (
      <>
        <Menu id="more" label="More" variant="quiet" align="end">
          <a href={`${path}?dialog=reset`}>Send Password Reset</a>
          <a href={`${path}?dialog=sessions`}>End Sessions</a>
        </Menu>
        <LinkButton href={`${path}?dialog=revoke`} variant="quiet">Revoke Access</LinkButton>
      </>
    );
  }
  return (
    <>
      <LinkButton href={`${path}?dialog=cancel`} variant="quiet">Cancel Invitation</LinkButton>
      <LinkButton href={`${path}?dialog=resend`}>Resend Invitation</LinkButton>
    </>
  );
}
