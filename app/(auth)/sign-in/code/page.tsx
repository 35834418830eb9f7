import { redirect } from "next/navigation";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { secondFactorOptions } from "@/lib/passkeys/queries";
import { getPendingSecondFactor } from "@/lib/two-factor/queries";
import { withReturnTo } from "@/lib/shared/login-flow";
import { landingPath, readChallengeCookie } from "@/lib/web/login-flow";
import { sessionStatus } from "@/lib/web/session";
import { parseReturnTo } from "@/lib/web/request-metadata";
import { publicPage } from "@/lib/web/public-page";
import { PasskeyButton } from "../passkey-button";
import { CodeForm } from "./code-form";

export default publicPage(async ({ query }) => {
  const returnTo = parseReturnTo(query);
  const again = withReturnTo("/sign-in", returnTo);
  const secret = await readChallengeCookie();
  const pending = secret && (await getPendingSecondFactor(secret));
  if (!pending) {
    const status = await sessionStatus();
    return status ? redirect(landingPath(status, returnTo)) : <StartAgain href={again} />;
  }
  const returnFields = { next: returnTo.path ?? "", org: returnTo.orgId ?? "" };
  const passkey = await secondFactorOptions(secret);
  return (
    <AuthLayout product={brand().name} title="Enter a code" subtitle={`Signing in as ${pending.email}`}>
      <CodeForm challengeId={pending.challengeId} {...returnFields} />
      {passkey && <PasskeyButton options={passkey} label="Use a passkey instead" {...returnFields} />}
      <AuthFooter>
        Not you, or no code? <TextLink href={again}>Start again</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
});

function StartAgain({ href }: { href: string }) {
  return (
    <AuthLayout product={brand().name} title="Sign in again">
      <p>Your sign-in has timed out, or there were too many wrong codes. After your password, you have 5 minutes and five attempts to enter a code in the same browser.</p>
      <LinkButton href={href} variant="primary">Sign in</LinkButton>
    </AuthLayout>
  );
}
