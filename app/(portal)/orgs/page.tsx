import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { brand } from "@/lib/brand";
import { roles } from "@/lib/shared/roles";
import { homePath } from "@/lib/shared/menu";
import { requirePerson } from "@/lib/web/page";

export default async function OrganizationsPage() {
  const { account, memberships } = await requirePerson();
  const none = memberships.length === 0;
  return (
    <AuthLayout
      product={brand().name}
      title={none ? "No organization yet" : "Choose an organization"}
      subtitle={none ? "Create one, or ask an administrator to invite you." : `Signed in as ${account.email}`}
    >
      {!none && (
        <ul className="choices">
          {memberships.map(({ orgId, orgName, role }) => (
            <li key={orgId}>
              <a href={homePath(orgId, role)}>
                <b>{orgName}</b>
                <small>{roles[role].label}</small>
              </a>
            </li>
          ))}
        </ul>
      )}
      <LinkButton href="/orgs/new" variant={none ? "primary" : "plain"}>
        Create Organization
      </LinkButton>
      <form className="below" action={signOut}>
        <button className="link">Sign out</button>
      </form>
    </AuthLayout>
  );
}
