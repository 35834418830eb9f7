import { hintClass } from "@/components/ui/form-class";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { AuthSession } from "@/lib/sessions/queries";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import type { DialogsProps } from "../search-params";
import { SetUpForm } from "./forms";

/** The organizations that require a second factor, as text: "Tidewater Retail requires", or nothing. */
export function requirersAmong({ memberships }: Pick<AuthSession, "memberships">): string {
  const names = memberships.filter(({ twoFactorRequired }) => twoFactorRequired).map(({ orgName }) => orgName);
  return names.length > 0 ? `${lists.format(names)} ${names.length > 1 ? "require" : "requires"}` : "";
}

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** My Account while a required second factor is not set up. */
export function RequiredTwoFactor({ session, query }: DialogsProps) {
  const next = safeRedirectPath(query.next);
  return (
    <>
      <PageHeader title="My Account" />
      <Sections>
        <Section title="Two Factor Authentication" description="A code from an app on your phone, besides your password.">
          <p>{requirersAmong(session)} two-factor authentication. Set it up to continue. It takes two minutes, with any authenticator app.</p>
          <SetUpForm next={next} />
          <p className={hintClass}>No time now? Sign out and do it at your next sign-in.</p>
        </Section>
      </Sections>
    </>
  );
}
