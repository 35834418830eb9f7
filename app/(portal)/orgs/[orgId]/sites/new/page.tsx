import { permittedActor, requireActor, timesFor } from "@/lib/web/page";
import { Refused, Shell } from "../../shell";
import { createSiteAction } from "../actions";
import { places } from "../places";
import { SiteForm } from "../site-form";

const title = "Create Site";

export default async function NewSitePage({ params }: PageProps<"/orgs/[orgId]/sites/new">) {
  const { orgId } = await params;
  const here = await permittedActor(orgId, "site.create");
  if (!here) return <Shell here={await requireActor(orgId)} title={`${title} · Site Configuration`}><Refused title={title} /></Shell>;
  const { zone } = await timesFor(here.session);
  return (
    <Shell here={here} title={`${title} · Site Configuration`}>
      <SiteForm
        creates
        groupsShared
        places={places}
        action={createSiteAction.bind(null, orgId)}
        defaults={{ timeZone: zone }}
        parent={{ label: "Site Configuration", href: `/orgs/${orgId}/sites` }}
      />
    </Shell>
  );
}
