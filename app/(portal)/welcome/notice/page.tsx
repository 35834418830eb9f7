import { signOutAction } from "@/app/(portal)/actions";
import { ButtonForm } from "@/components/form/button-form";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { Button } from "@/components/ui/button";
import { brand } from "@/lib/brand";
import { getLoginTerms } from "@/lib/login-terms/queries";
import { pendingStepPage } from "@/lib/web/account-page";
import { AcceptForm } from "./accept-form";

const titles = { user: "Notice to partners", administrator: "Notice to administrators of partners" };

export default pendingStepPage("notice", ({ session, next }) => {
  const { audience, version, paragraphs } = getLoginTerms(session);
  return (
    <AuthLayout product={brand().name} title={titles[audience]} subtitle={`Signed in as ${session.account.email}`}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <AcceptForm version={version} next={next ?? ""} />
      <ButtonForm action={signOutAction}>
        <Button>Decline</Button>
      </ButtonForm>
      <AuthFooter>Shown at each sign-in. Declining signs you out.</AuthFooter>
    </AuthLayout>
  );
});
