import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { listOwnMsps } from "@/lib/msps/queries";
import { accountPage } from "@/lib/web/account-page";
import { CreateOrganizationForm } from "./create-organization-form";

export default accountPage({ title: "Create Organization", bare: true }, async ({ session: { account, memberships } }) => {
  const hasChoice = memberships.length > 0 || (await listOwnMsps(account.id)).length > 0;
  return (
    <AuthLayout product={brand().name} title="Create Organization" subtitle={`Signed in as ${account.email}`}>
      <CreateOrganizationForm />
      {hasChoice && (
        <AuthFooter>
          <TextLink href="/orgs">{memberships.length > 0 ? "Your organizations" : "Your service providers"}</TextLink>
        </AuthFooter>
      )}
      {memberships.length === 0 && <SignOutForm />}
    </AuthLayout>
  );
});
