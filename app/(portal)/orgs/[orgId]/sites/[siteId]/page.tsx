import { notFound } from "next/navigation";
import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { Dialog } from "@/components/ui/dialog";
import { can } from "@/lib/access/actor";
import { getSite, type Site } from "@/lib/sites/queries";
import { siteFormValues } from "@/lib/sites/rules";
import { countries } from "@/lib/shared/countries";
import { found, permittedActor, requireActor } from "@/lib/web/page";
import { Refused, Shell } from "../../shell";
import { deleteSiteAction, updateSiteAction } from "../actions";
import { places } from "../places";
import { SiteForm } from "../site-form";
import { DeleteSiteForm } from "./delete-form";

const parent = "Site Configuration";

export default async function SitePage({ params, searchParams }: PageProps<"/orgs/[orgId]/sites/[siteId]">) {
  const { orgId, siteId } = await params;
  const { notice, dialog } = await searchParams;
  const here = await permittedActor(orgId, "site.read");
  if (!here) return <Shell here={await requireActor(orgId)} title={parent}><Refused title={parent} /></Shell>;
  if (!z.uuid().safeParse(siteId).success) notFound();

  const site = await found(getSite(here.actor, { siteId }));
  const list = `/orgs/${orgId}/sites`;
  const deletes = can(here.actor, "site.delete");
  const [grant] = here.actor.grants;
  return (
    <Shell here={here} title={`${site.name} · ${parent}`} notice={notice}>
      {can(here.actor, "site.update") ? (
        <SiteForm
          creates={false}
          places={places}
          groupsShared={grant?.sites === "all"}
          parent={{ label: parent, href: list }}
          aside={deletes && <LinkButton href={`${list}/${siteId}?dialog=delete`} variant="quiet">Delete Site</LinkButton>}
          action={updateSiteAction.bind(null, orgId)}
          defaults={siteFormValues(site)}
        />
      ) : (
        <>
          <PageHeader title={site.name} parent={{ label: parent, href: list }} />
          <SiteFacts site={site} />
        </>
      )}
      {deletes && dialog === "delete" && (
        <Dialog title={`Delete ${site.name}`} closeHref={`${list}/${siteId}`}>
          <DeleteSiteForm closeHref={`${list}/${siteId}`} siteId={siteId} name={site.name} action={deleteSiteAction.bind(null, orgId)} />
        </Dialog>
      )}
    </Shell>
  );
}

function SiteFacts({ site }: { site: Site }) {
  const facts = [
    ["Site ID", site.id],
    ["Country", countries[site.country] ?? site.country],
    ["Time Zone", site.timeZone],
    ["Street address", site.streetAddress],
    ["Site groups", site.groups.join(", ")],
  ];
  return (
    <Sections>
      <Section title="Information" description="Your role reads this site.">
        <dl className="facts">
          {facts.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text || "None"}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Sections>
  );
}
