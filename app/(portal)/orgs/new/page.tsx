import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { requirePerson } from "@/lib/web/page";
import { CreateOrganizationForm } from "./create-organization-form";

export default async function CreateOrganizationPage() {
  const { account, memberships } = await requirePerson();
  return (
    <AuthLayout product={brand().name} title="Create Organization" subtitle={`Signed in as ${account.email}`}>
      <CreateOrganizationForm />
      {memberships.length > 0 ? (
        <p className="below">
          <a className="link" href="/orgs">Your organizations</a>
        </p>
      ) : (
        <form className="below" action={signOut}>
          <button className="link">Sign out</button>
        </form>
      )}
    </AuthLayout>
  );
}
