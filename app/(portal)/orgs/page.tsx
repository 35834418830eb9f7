import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { AppLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { roles } from "@/lib/shared/roles";
import { listOwnMsps } from "@/lib/msps/queries";
import { homePath } from "@/lib/shared/menu";
import { accountPage } from "@/lib/web/account-page";

export default accountPage({ title: "Choose an organization", bare: true }, async ({ session: { account, memberships } }) => {
  const msps = await listOwnMsps(account.id);
  const none = memberships.length + msps.length === 0;
  return (
    <AuthLayout
      product={brand().name}
      title={none ? "No organization yet" : "Choose an organization"}
      subtitle={none ? "Create one, or ask an administrator to invite you." : `Signed in as ${account.email}`}
    >
      {!none && (
        <ul className="-m-0.5 grid max-h-[50dvh] gap-2 overflow-auto p-0.5">
          {memberships.map(({ orgId, orgName, role }) => (
            <Choice key={orgId} href={homePath(orgId)} name={orgName} note={roles[role].label} />
          ))}
          {msps.map(({ id, name }) => (
            <Choice key={id} href={`/msp/${id}`} name={name} note="Service provider" />
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

function Choice({ href, name, note }: { href: string; name: string; note: string }) {
  return (
    <li>
      <AppLink className="flex justify-between gap-3 rounded-md border border-line-strong bg-surface px-3 py-[9px] wrap-anywhere hover:bg-sunken" href={href}>
        <b className="font-medium">{name}</b>
        <small className="flex-none text-muted">{note}</small>
      </AppLink>
    </li>
  );
}
