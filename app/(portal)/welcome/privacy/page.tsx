import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { regionOf } from "@/lib/usage/queries";
import { usageWords } from "@/lib/vocabulary/privacy";
import { requireDue } from "@/lib/web/page";
import { safePath } from "@/lib/web/visitor";
import { PrivacyForm } from "./privacy-form";

export default async function PrivacyPage({ searchParams }: PageProps<"/welcome/privacy">) {
  const { next } = await searchParams;
  const { account } = await requireDue("privacy", next);
  const { name, privacyUrl } = brand();
  const inEurope = (await regionOf(account.id)) === "europe";
  return (
    <AuthLayout product={name} title="May we see which pages you use?" subtitle={`Signed in as ${account.email}`}>
      <PrivacyForm next={safePath(next) ?? ""}>
        {inEurope && <p>Your account is kept under European data protection law: usage analysis is off, and stays off unless you allow it.</p>}
        <p>{usageWords.recorded}</p>
        <p>{usageWords.purpose} {usageWords.kept}</p>
        <p>
          The portal works the same either way. You can change your choice at any time in My Account.
          {privacyUrl && <> <a className="link" href={privacyUrl}>Privacy Notice</a></>}
        </p>
      </PrivacyForm>
      <form className="below" action={signOut}>
        <button className="link">Sign out</button>
      </form>
    </AuthLayout>
  );
}
