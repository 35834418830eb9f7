import { AuthLayout } from "@/components/layout/auth-layout";
import { showReset } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { requirementsOf } from "@/lib/vocabulary/new-password";
import { suspended } from "@/lib/sessions/commands";
import { DeadLink } from "../../dead-link";
import { ResetForm } from "./reset-form";

const back = { label: "Go to sign-in", href: "/sign-in" };
const again = { label: "Ask for a new link", href: "/recover" };

export default async function ResetPage({ params }: PageProps<"/reset/[token]">) {
  const { token } = await params;
  const shown = await showReset(token);
  if (shown.state !== "fresh") return <DeadLink state={shown.state} next={again} />;
  if (!shown.found) return <DeadLink state="unknown" next={again} />;
  if (shown.found.suspended) return <DeadLink state="unknown" title="This account is suspended" text={suspended().message} next={back} />;
  const { rules, passwordOnly } = shown.found;
  return (
    <AuthLayout product={brand().name} title="Choose a new password" subtitle={shown.email}>
      <ResetForm token={token} email={shown.email} requirements={requirementsOf(rules.asks)} alone={passwordOnly} />
    </AuthLayout>
  );
}
