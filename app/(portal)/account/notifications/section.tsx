import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { getNotificationSummary } from "@/lib/notifications/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { actorOf } from "@/lib/web/current-actor";
import { inUse } from "./organizations";
import { subscriptionText } from "./labels";

const mostShown = 10;

export async function NotificationSection({ session }: { session: AuthSession }) {
  const memberships = inUse(session);
  const [first] = memberships;
  const summaries = await Promise.all(
    memberships.slice(0, mostShown).map(async (membership) => ({
      orgId: membership.orgId,
      text: subscriptionText(membership.orgName, await getNotificationSummary(await actorOf(session, membership), {})),
    })),
  );
  const subscribed = summaries.filter(({ text }) => text !== null);
  return (
    <Section id="notifications" title="Email Notification" description="Choose which organizations and sites you get emails about.">
      {subscribed.length === 0 && <p>{first ? "No email notifications yet" : "You don’t belong to an organization yet."}</p>}
      {subscribed.map(({ orgId, text }) => (
        <p key={orgId}>
          <TextLink href={dialogOf(orgId)}>{text}</TextLink>
        </p>
      ))}
      {first && subscribed.length === 0 && (
        <div>
          <LinkButton href={dialogOf(first.orgId)}>
            Enable<span className="sr-only"> email notifications</span>
          </LinkButton>
        </div>
      )}
    </Section>
  );
}

const dialogOf = (orgId: string) => `/account?dialog=notifications&org=${orgId}`;
