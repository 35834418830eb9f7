import { TextLink } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { getPendingEmailChange } from "@/lib/email-changes/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { timeFormat } from "@/lib/web/page";

/** The unconfirmed new email address, with resend and cancel. */
export async function PendingAddress({ session }: { session: AuthSession }) {
  const pending = await getPendingEmailChange(session.account);
  if (!pending) return null;
  return (
    <div className="mt-2 grid gap-1 rounded-md bg-accent-soft px-3 py-2.5 text-sm">
      <p>
        To confirm <b>{pending.email}</b>, open the link we sent there, before{" "}
        <Time at={pending.validUntil} {...await timeFormat(session)} />.
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 [&_a]:py-1">
        <TextLink href="/account?dialog=email-again">Send again</TextLink>
        <TextLink href="/account?dialog=email-cancel">Discard new address</TextLink>
      </p>
    </div>
  );
}
