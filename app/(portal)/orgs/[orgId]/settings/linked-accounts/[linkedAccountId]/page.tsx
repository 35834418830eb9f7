import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { can } from "@/lib/access/actor";
import { getLinkedAccount } from "@/lib/linked-accounts/queries";
import { applications } from "@/lib/shared/applications";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { unlinkAccountAction } from "../actions";
import { UnlinkForm } from "./unlink-form";

const params = z.object({ linkedAccountId: z.uuid() });

export default orgPage({ permission: "settings.read", title: "Linked account", params }, async ({ actor, session, params: { linkedAccountId }, query }) => {
  const { application, name, applicationAccountId, linkedAt, linkedBy, failedAt, isConfigured, canRevoke } = await getLinkedAccount(actor, { linkedAccountId });
  const times = await timeFormat(session);
  const settings = `/orgs/${actor.orgId}/settings`;
  const path = `${settings}/linked-accounts/${linkedAccountId}`;
  const label = applications[application];
  const updates = can(actor, "settings.update");
  const state = failedAt ? `Ended on ${formatDateTime(failedAt, times)}: ${label} no longer accepts it. Link the account again.` : "Linked";
  const facts = [["Application", label], ["Account ID", applicationAccountId], ["Linked by", linkedBy ?? "Someone"], ["Linked on", formatDateTime(linkedAt, times)], ["State", state]];
  return (
    <>
      <PageHeader title={name} parent={{ label: "Settings", href: `${settings}#application-insights` }}>
        {updates && failedAt && isConfigured && <LinkButton href={`${settings}?dialog=link-account&application=${application}`} variant="primary">Link again</LinkButton>}
        {updates && <LinkButton href={`${path}?dialog=unlink`} variant="quiet">Unlink</LinkButton>}
      </PageHeader>
      <Sections>
        <Section title="Linked account" description={`Lets the portal read call quality from ${label}.`}>
          <DescriptionList>
            {facts.map(([term = "", text]) => (
              <Description key={term} term={term}>{text}</Description>
            ))}
          </DescriptionList>
        </Section>
      </Sections>
      {updates && query.dialog === "unlink" && (
        <Dialog title={`Unlink ${name}?`} closeHref={path}>
          <UnlinkForm linkedAccountId={linkedAccountId} label={label} canRevoke={canRevoke} action={unlinkAccountAction.bind(null, actor.orgId)} closeHref={path} />
        </Dialog>
      )}
    </>
  );
});
