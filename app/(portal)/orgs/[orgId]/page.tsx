import { redirect } from "next/navigation";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { roles } from "@/lib/shared/roles";
import { homePath } from "@/lib/shared/menu";
import { requireActor } from "@/lib/web/page";
import { Shell } from "./shell";

export default async function OrganizationPage({ params, searchParams }: PageProps<"/orgs/[orgId]">) {
  const { orgId } = await params;
  const { notice } = await searchParams;
  const here = await requireActor(orgId);
  const home = homePath(orgId, here.membership.role);
  if (home !== `/orgs/${orgId}`) redirect(`${home}${typeof notice === "string" ? `?notice=${encodeURIComponent(notice)}` : ""}`);

  const { label, description } = roles[here.membership.role];
  return (
    <Shell here={here} title={label} notice={notice}>
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
