import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/access/actor";
import { getSdkKey } from "@/lib/mobile-sdk/queries";
import { maskedSecret } from "@/lib/mobile-sdk/rules";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { revokeSdkKeyAction } from "../actions";
import { formerMember } from "../sdk-key-row";
import { RevokeSdkKeyForm } from "./revoke-form";

const title = "Mobile SDK";
const params = z.object({ sdkKeyId: z.uuid() });

export default orgPage({ permission: "sdk_key.read", title, params }, async ({ actor, session, params: { sdkKeyId }, query }) => {
  const [sdkKey, times] = await Promise.all([getSdkKey(actor, { sdkKeyId }), timeFormat(session)]);
  const list = `/orgs/${actor.orgId}/mobile-sdk`;
  const href = `${list}/${sdkKeyId}`;
  const revokes = can(actor, "sdk_key.revoke");
  return (
    <>
      <PageHeader title={sdkKey.name} parent={{ label: title, href: list }}>
        {revokes && <LinkButton href={`${href}?dialog=revoke`}>Revoke SDK Key</LinkButton>}
      </PageHeader>
      <Sections>
        <Section title="Information" description={revokes ? "The secret key was shown once, when it was created." : "Your role can view this key, but not revoke it."}>
          <DescriptionList>
            <Description term="Secret key"><code>{maskedSecret(sdkKey.secretEnd)}</code></Description>
            <Description term="Created"><Time at={sdkKey.createdAt} {...times} /></Description>
            <Description term="Created by">{sdkKey.createdBy ?? formerMember}</Description>
            <Description term="SDK Key ID"><code>{sdkKey.id}</code></Description>
          </DescriptionList>
        </Section>
      </Sections>
      {revokes && query.dialog === "revoke" && (
        <Dialog title={`Revoke ${sdkKey.name}?`} closeHref={href}>
          <RevokeSdkKeyForm closeHref={href} sdkKeyId={sdkKeyId} action={revokeSdkKeyAction.bind(null, actor.orgId)} />
        </Dialog>
      )}
    </>
  );
});
