import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { AppLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { roles } from "@/lib/shared/roles";
import { homePath } from "@/lib/shared/menu";
import { accountPage } from "@/lib/web/account-page";

export default accountPage({ title: "Choose an organization", bare: true }, ({ session: { account, memberships } }) => {
  const none = memberships.length === 0;
  return (
    <AuthLayout
      product={brand().name}
      title={none ? "No organization yet" : "Choose an organization"}
      subtitle={none ? "Create one, or ask an administrator to invite you." : `Signed in as ${account.email}`}
    >
      {!none && (
        <ul className="-m-0.5 grid max-h-[50dvh] gap-2 overflow-auto p-0.5">
          {memberships.map(({ orgId, orgName, role }) => (
            <li key={orgId}>
              <AppLink
                className="flex justify-between gap-3 rounded-md border border-line-strong bg-surface px-3 py-[9px] wrap-anywhere hover:bg-sunken"
                href={homePath(orgId)}
              >
                <b className="font-medium">{orgName}</b>
                <small className="flex-none text-muted">{roles[role].label}</small>
              </AppLink>
            </li>
          ))}
        </ul>
      )}
      <LinkButton href="/orgs/new" variant={none ? "primary" : "plain"}>
        Create Organization
      </LinkButton>
      <SignOutForm />
    </AuthLayout>
  );
});
