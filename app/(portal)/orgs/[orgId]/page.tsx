import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { roleFacts } from "@/lib/vocabulary/access";
import { organizationPages } from "@/lib/vocabulary/menu";
import { requireActor } from "@/lib/web/page";
import { Shell } from "./shell";

export const metadata: Metadata = { title: "Organization" };

export default async function OrganizationPage({ params, searchParams }: PageProps<"/orgs/[orgId]">) {
  const { orgId } = await params;
  const { notice } = await searchParams;
  const here = await requireActor(orgId);
  const pages = organizationPages.filter(({ permission }) => can(here.actor, permission));
  const first = pages.find(({ key }) => key === "sites") ?? pages[0];
  if (first) redirect(`/orgs/${orgId}/${first.path}${typeof notice === "string" ? `?notice=${encodeURIComponent(notice)}` : ""}`);

  const { label, description } = roleFacts[here.membership.role];
  return (
    <Shell here={here} current="" notice={notice}>
      <PageHeader title={here.membership.orgName} />
      <div className="settings">
        <Empty title={`You are ${label} here`}>
          <p>{description}</p>
          <p>This installation has none of these tools yet. What is added later appears in the menu at the left.</p>
        </Empty>
      </div>
    </Shell>
  );
}
