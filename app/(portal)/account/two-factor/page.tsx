import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { withCopyButton } from "@/components/ui/form-class";
import { textLink } from "@/components/ui/text-link";
import { PageHeader } from "@/components/ui/page-header";
import { QrCode } from "@/components/ui/qr-code";
import { Section, Sections } from "@/components/ui/section";
import { brand } from "@/lib/brand";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { getPendingTotpSecret, getTwoFactorState, type TwoFactorState } from "@/lib/two-factor/queries";
import { groupByFour, otpauthUri } from "@/lib/two-factor/rules";
import { accountPage } from "@/lib/web/account-page";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { Confirm } from "../confirm/confirm";
import { SetUpForm, VerifyForm } from "./forms";
import { verifyPath } from "./paths";

const title = "Verification of Two Factor Authentication";

export default accountPage({ title, allowPending2fa: true }, async ({ session, query }) => {
  const next = safeRedirectPath(query.next);
  const { id, email } = session.account;
  const seed = await getPendingTotpSecret(id);
  return (
    <>
      <PageHeader title={title} parent={{ label: "My Account", href: "/account" }} />
      <Sections>
        {!seed && <NothingToVerify state={await getTwoFactorState(id)} next={next} />}
        {seed && !hasRecentAuth(session.age) && (
          <Section title="Confirm it’s you" description="Then your key is shown.">
            <Confirm session={session} next={verifyPath(next)} closeHref="/account" />
          </Section>
        )}
        {seed && hasRecentAuth(session.age) && <Verification seed={seed} email={email} next={next} />}
      </Sections>
    </>
  );
});

function Verification({ seed, email, next }: { seed: string; email: string; next: string | null }) {
  const address = otpauthUri(seed, brand().name, email);
  return (
    <>
      <Section title="1. Add the account to your app" description="Any authenticator app works. It shows a new code every 30 seconds, even offline.">
        <p>Scan this code with the app.</p>
        <QrCode text={address} label="QR code with the key for your authenticator app" />
        <p>
          Is the app on this device? <a className={textLink} href={address}>Open it in the app</a>
        </p>
        <div className="grid gap-2">
          <p>Can’t scan it? Enter this key in the app.</p>
          <div className={withCopyButton}>
            <code className="rounded-md bg-sunken px-3 py-2 font-mono text-[13px] [overflow-wrap:anywhere]">{groupByFour(seed, " ")}</code>
            <CopyButton value={seed} label="key" />
          </div>
        </div>
      </Section>
      <Section title="2. Check that it works" description="From then on, signing in asks for a code after the password. Your other browsers are signed out.">
        <VerifyForm next={next} />
      </Section>
    </>
  );
}

function NothingToVerify({ state, next }: { state: TwoFactorState; next: string | null }) {
  if (state === "active") {
    return (
      <Section title="Already set up">
        <p>Two-factor authentication is already active.</p>
        <p><LinkButton href={next ?? "/account"} variant="primary">{next ? "Continue" : "My Account"}</LinkButton></p>
      </Section>
    );
  }
  return (
    <Section title="Set up two-factor authentication" description="Signing in then also asks for a code from an authenticator app.">
      {state === "pending" && <p>Your key is more than an hour old. Start again with a new one.</p>}
      <SetUpForm next={next} />
    </Section>
  );
}
