import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { getOverview } from "@/lib/overview/queries";
import type { SessionMembership } from "@/lib/sessions/rules";
import { countText } from "@/lib/shared/count-text";
import { roles } from "@/lib/shared/roles";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { ActivityPanel, CountTile } from "./cards";
import { FirstSteps } from "./first-steps";

const title = "Overview";

export default orgPage({ permission: "organization.read", title }, async ({ actor, session, membership }) => {
  const times = await timeFormat(session);
  const { steps, counts, activities } = await getOverview(actor, { zone: times.zone });
  const { orgId, role } = membership;
  return (
    <>
      <PageHeader title={title} help={accessText(membership)} />
      <Sections>
        {steps.length > 0 && <FirstSteps orgId={orgId} steps={steps} />}
        {counts.length > 0 && (
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(160px,calc(50%-6px)),1fr))] gap-3">
            {counts.map((card) => (
              <CountTile key={card.name} orgId={orgId} card={card} />
            ))}
          </div>
        )}
        {activities.map((card) => (
          <ActivityPanel key={card.name} orgId={orgId} card={card} times={times} />
        ))}
        {counts.length + activities.length === 0 && (
          <Empty title={`You are ${roles[role].label} here`}>
            <p>{roles[role].description}</p>
            <p>This installation has no tools for this role yet. New ones will appear in the menu.</p>
          </Empty>
        )}
      </Sections>
    </>
  );
});

function accessText({ role, scope, sites }: SessionMembership): string {
  return `Your role is ${roles[role].label}, for ${scope === "all" ? "all sites" : countText(sites.length, "site")}.`;
}
