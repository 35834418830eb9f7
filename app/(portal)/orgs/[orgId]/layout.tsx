import { AppFrame } from "@/app/(portal)/app-frame";
import { orgShell } from "@/lib/web/shell";

export default async function OrganizationLayout({ params, children }: LayoutProps<"/orgs/[orgId]">) {
  return <AppFrame data={await orgShell((await params).orgId)}>{children}</AppFrame>;
}
