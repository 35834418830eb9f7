import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { can } from "@/lib/access/actor";
import { getSite, getSiteDeletionImpact, type Site } from "@/lib/sites/queries";
import { deletionConsequences, siteFormValues } from "@/lib/sites/rules";
import { countries } from "@/lib/shared/countries";
import { orgPage } from "@/lib/web/org-page";
import { deleteSiteAction, updateSiteAction } from "../actions";
import { siteOptions, suggestionsHref } from "../options";
import { SiteForm } from "../site-form";
import { DeleteSiteForm } from "./delete-form";

const title = "Site Configuration";
const params = z.object({ siteId: z.uuid() });

export default orgPage({ permission: "site.read", title, params }, async ({ actor, params: { siteId }, query }) => {
  const site = await getSite(actor, { siteId });
  const list = `/orgs/${actor.orgId}/sites`;
  const parent = { label: title, href: list };
  const deletes = can(actor, "site.delete");
  return (
    <>
      {can(actor, "site.update") ? (
        <SiteForm
          creates={false}
          options={siteOptions(new Date())}
          suggestionsHref={suggestionsHref(actor)}
          parent={parent}
          aside={deletes && <LinkButton href={`${list}/${siteId}?dialog=delete`} variant="quiet">Delete Site</LinkButton>}
          action={updateSiteAction.bind(null, actor.orgId)}
          defaults={siteFormValues(site)}
        />
      ) : (
        <>
          <PageHeader title={site.name} parent={parent} />
          <SiteFacts site={site} />
        </>
      )}
      {deletes && query.dialog === "delete" && (
        <Dialog title={`Delete ${site.name}?`} closeHref={`${list}/${siteId}`}>
          <DeleteSiteForm
            closeHref={`${list}/${siteId}`}
            siteId={siteId}
            name={site.name}
            consequences={deletionConsequences(await getSiteDeletionImpact(actor, { siteId }))}
            action={deleteSiteAction.bind(null, actor.orgId)}
          />
        </Dialog>
      )}
    </>
  );
});

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
      <Section title="Information" description="Your role can view this site, but not change it.">
        <DescriptionList>
          {facts.map(([term = "", text]) => (
            <Description key={term} term={term}>{text || "None"}</Description>
          ))}
        </DescriptionList>
      </Section>
    </Sections>
  );
}
