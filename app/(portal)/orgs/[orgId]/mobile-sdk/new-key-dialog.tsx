import { QrCode } from "@/components/ui/qr-code";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { withCopyButton } from "@/components/ui/form-class";
import { brand } from "@/lib/brand";
import { enrollmentUrl } from "@/lib/mobile-sdk/rules";
import type { AuthSession } from "@/lib/sessions/queries";
import { readOneTimeCookie } from "@/lib/web/one-time-cookie";
import { AcknowledgeKeyForm } from "./acknowledge-form";

type NewKeyDialogProps = { session: AuthSession; closeHref: string; createHref: string };

/** The secret of the key that this session has just created, until its storage is confirmed. */
export async function NewKeyDialog({ session, closeHref, createHref }: NewKeyDialogProps) {
  const [secret] = await readOneTimeCookie("sdk-key", session);
  if (secret === undefined) {
    return (
      <Dialog title="Nothing to show" closeHref={closeHref}>
        <div className="grid gap-4">
          <p>A secret key is shown only once. If you lost it, revoke it and create a new one.</p>
          <p><LinkButton href={createHref} variant="primary">Create SDK Key</LinkButton></p>
        </div>
      </Dialog>
    );
  }
  const url = enrollmentUrl(brand().url, secret);
  return (
    <Dialog title="Store this key now" closeHref={closeHref}>
      <div className="grid gap-5">
        <p>It won’t be shown again. Whoever has the key or the code below can use it, so share them like a password.</p>
        <Shown label="Secret key" copied="key" value={secret} />
        <div className="grid gap-2">
          <p>To enroll an app, scan this code with it.</p>
          <QrCode text={url} label="QR code of the enrollment link" />
        </div>
        <Shown label="Enrollment link" copied="link" value={url} />
        <p className="text-sm text-muted">The code holds this link: the address of the portal, then the secret key. Opened in a browser, it shows what the key is for.</p>
        <AcknowledgeKeyForm next={closeHref} />
      </div>
    </Dialog>
  );
}

function Shown({ label, copied, value }: { label: string; copied: string; value: string }) {
  return (
    <div className="grid gap-1">
      <p>{label}</p>
      <div className={withCopyButton}>
        <code className="rounded-md bg-sunken px-3 py-2 font-mono text-[13px] [overflow-wrap:anywhere]">{value}</code>
        <CopyButton value={value} label={copied} />
      </div>
    </div>
  );
}
