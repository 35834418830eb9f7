import { Time } from "@/components/ui/time";
import { getPendingEmailChange } from "@/lib/email-changes/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { timesFor } from "@/lib/web/page";

/** The new address that waits for its confirmation, and what can be done about it. */
export async function PendingAddress({ who }: { who: AuthSession }) {
  const pending = await getPendingEmailChange(who.account);
  if (!pending) return null;
  return (
    <div className="waits">
      <p>
        Waiting for <b>{pending.email}</b> to be confirmed by the link in its mail, until{" "}
        <Time at={pending.validUntil} {...await timesFor(who)} />.
      </p>
      <p>
        <a className="link" href="/account?dialog=email-again">Send again</a>
        <a className="link" href="/account?dialog=email-cancel">Cancel the change</a>
      </p>
    </div>
  );
}
