import { buttonRow, LinkButton } from "@/components/ui/button";
import { formStack } from "@/components/ui/form-class";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { Row, Rows } from "@/components/ui/rows";
import { Dialog } from "@/components/ui/dialog";
import { getGoogleIdentity } from "@/lib/identities/queries";
import { isGoogleEnabled } from "@/lib/integrations/google";
import { listPasskeys } from "@/lib/passkeys/queries";
import { timeFormat } from "@/lib/web/page";
import type { DialogsProps } from "../search-params";
import { passkeyDetails } from "./section";

const closeHref = "/account";

/** The login methods besides the password, each removable; opened after a password reset. */
export async function LoginMethodsDialog({ session, query: { dialog } }: DialogsProps) {
  if (dialog !== "login-methods") return null;
  const [passkeys, google, times] = [await listPasskeys(session.account.id), await getGoogleIdentity(session.account.id), await timeFormat(session)];
  const linked = isGoogleEnabled() ? google : null;
  const isAny = passkeys.length > 0 || linked !== null;
  return (
    <Dialog title="Ways to sign in to your account" closeHref={closeHref}>
      <div className={formStack}>
        <p>
          {isAny
            ? "Besides your password, these can sign in to your account. A new password doesn’t change that. Remove what you don’t recognize."
            : "Only your password."}
        </p>
        {isAny && (
          <Rows label="Besides your password">
            {passkeys.map((passkey) => (
              <Row key={passkey.id} title={passkey.name} facts={["Passkey", ...passkeyDetails(passkey, times)]}>
                <LinkButton href={`/account?dialog=remove-passkey&passkey=${passkey.id}`}>
                  Remove<span className="sr-only"> {passkey.name}</span>
                </LinkButton>
              </Row>
            ))}
            {linked && (
              <Row title={linked.email} facts={["Google account", `Linked ${formatDateTime(linked.linkedAt, times)}`]}>
                <LinkButton href="/account?dialog=google">
                  Remove<span className="sr-only"> {linked.email}</span>
                </LinkButton>
              </Row>
            )}
          </Rows>
        )}
        <div className={buttonRow}>
          <LinkButton href={closeHref} variant="primary">{isAny ? "I recognize them all" : "My Account"}</LinkButton>
        </div>
      </div>
    </Dialog>
  );
}
