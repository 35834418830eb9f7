import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { accountPage } from "@/lib/web/account-page";
import { CreateOrganizationForm } from "./create-organization-form";

export default accountPage({ title: "Create Organization", bare: true }, ({ session: { account, memberships } }) => {
  return (
    <AuthLayout product={brand().name} title="Create Organization" subtitle={`Signed in as ${account.email}`}>
      <CreateOrganizationForm />
      {memberships.length > 0 ? (
        <AuthFooter>
          <TextLink href="/orgs">Your organizations</TextLink>
        </AuthFooter>
      ) : (
        <SignOutForm />
      )}
    </AuthLayout>
  );
});
