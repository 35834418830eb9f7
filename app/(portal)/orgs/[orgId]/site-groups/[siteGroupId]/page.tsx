import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { getSiteGroup } from "@/lib/site-groups/queries";
import { deletionText, siteGroupFormValues } from "@/lib/site-groups/rules";
import { orgPage } from "@/lib/web/org-page";
import { deleteSiteGroupAction, renameSiteGroupAction } from "../actions";
import { SiteGroupForm } from "../site-group-form";
import { DeleteSiteGroupForm } from "./delete-form";

const title = "Site Groups";
const params = z.object({ siteGroupId: z.uuid() });

export default orgPage({ permission: "site.group", title, params }, async ({ actor, params: { siteGroupId }, query }) => {
  const siteGroup = await getSiteGroup(actor, { siteGroupId });
  const list = `/orgs/${actor.orgId}/site-groups`;
  const href = `${list}/${siteGroupId}`;
  return (
    <>
      <SiteGroupForm
        parent={{ label: title, href: list }}
        aside={<LinkButton href={`${href}?dialog=delete`} variant="quiet">Delete Site Group</LinkButton>}
        action={renameSiteGroupAction.bind(null, actor.orgId)}
        defaults={siteGroupFormValues(siteGroup)}
      />
      {query.dialog === "delete" && (
        <Dialog title={`Delete ${siteGroup.name}?`} closeHref={href}>
          <DeleteSiteGroupForm closeHref={href} siteGroupId={siteGroupId} consequences={deletionText(siteGroup)} action={deleteSiteGroupAction.bind(null, actor.orgId)} />
        </Dialog>
      )}
    </>
  );
});
