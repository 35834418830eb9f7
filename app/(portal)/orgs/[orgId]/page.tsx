import { redirect } from "next/navigation";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { roles } from "@/lib/shared/roles";
import { homePath } from "@/lib/shared/menu";
import { orgPage } from "@/lib/web/org-page";

export default orgPage({ permission: "organization.read", title: "Organization" }, ({ membership, query: { notice } }) => {
  const { orgId, orgName, role } = membership;
  const home = homePath(orgId, role);
  if (home !== `/orgs/${orgId}`) redirect(`${home}${typeof notice === "string" ? `?notice=${encodeURIComponent(notice)}` : ""}`);

  const { label, description } = roles[role];
  return (
    <>
      <PageHeader title={orgName} />
      <Sections>
        <Empty title={`You are ${label} here`}>
          <p>{description}</p>
          <p>This installation has none of these tools yet. What is added later appears in the menu at the left.</p>
        </Empty>
      </Sections>
    </>
  );
});
