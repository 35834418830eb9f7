import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { textLink } from "@/components/ui/text-link";
import { brand } from "@/lib/brand";
import { withReturnTo } from "@/lib/shared/login-flow";
import { parseReturnTo } from "@/lib/web/request-metadata";
import { otherAccountMessage } from "@/lib/web/google-oauth";
import { publicPage } from "@/lib/web/public-page";

export default publicPage(async ({ query }) => {
  const { why, ...returnFields } = query;
  const otherAccount = why === "other-account" && (await otherAccountMessage());
  if (otherAccount) return <OtherAccount text={otherAccount} />;
  return why === "suspended" ? <Suspended /> : <Unknown signIn={withReturnTo("/sign-in", parseReturnTo(returnFields))} />;
});

function OtherAccount({ text }: { text: string }) {
  return (
    <AuthLayout product={brand().name} title="Another account is signed in">
      <p>{text}. Start again if you still want to use Google.</p>
      <LinkButton href="/" variant="primary">
        Go to the start page
      </LinkButton>
    </AuthLayout>
  );
}

function Unknown({ signIn }: { signIn: string }) {
  return (
    <AuthLayout product={brand().name} title="This Google account isn’t linked">
      <p>It isn’t linked to an account here. Having the same email address is not enough.</p>
      <p>
        Sign in with your password, open <b>My Account</b>, and choose <b>ENABLE</b> under <b>Social Sign In</b>. After that, you can
        sign in with Google.
      </p>
      <LinkButton href={signIn} variant="primary">
        Sign in with your password
      </LinkButton>
      <AuthFooter>
        New here? <TextLink href="/create-account">Create Account</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
}

function Suspended() {
  const { name, supportEmail } = brand();
  return (
    <AuthLayout product={name} title="This account is suspended">
      <p>
        To get access again, write to <a className={textLink} href={`mailto:${supportEmail}`}>{supportEmail}</a>.
      </p>
      <LinkButton href="/sign-in">Back to sign in</LinkButton>
    </AuthLayout>
  );
}
