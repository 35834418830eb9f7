import { AuthLayout } from "@/components/layout/auth-layout";
import { getEmailChange } from "@/lib/email-changes/queries";
import { brand } from "@/lib/brand";
import { activeSession } from "@/lib/web/session";
import { publicPage } from "@/lib/web/public-page";
import { InvalidLink } from "../../../invalid-link";
import { ConfirmEmailForm } from "./confirm-email-form";

const next = { label: "My Account", href: "/account" };
const confirmed = { title: "This address is already confirmed", text: "Sign in with the new address." };

export default publicPage(async ({ token }) => {
  const shown = await getEmailChange(token);
  if (shown.state === "used") return <InvalidLink state="used" {...confirmed} next={next} />;
  if (shown.state !== "fresh") return <InvalidLink state={shown.state} next={next} />;
  const browser = await activeSession();
  return (
    <AuthLayout product={brand().name} title="Confirm your new email address">
      <p>
        Once you confirm, you sign in with <b>{shown.data.newEmail}</b>, and every other browser is signed out. If you
        didn’t ask for this, close this page.
      </p>
      <ConfirmEmailForm token={token} asksPassword={browser?.account.id !== shown.data.accountId} />
    </AuthLayout>
  );
});
