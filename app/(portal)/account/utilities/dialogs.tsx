import { buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import { download as downloadIcon } from "@/components/ui/icons";
import { homePath } from "@/lib/shared/menu";
import { withFlashMessage } from "@/lib/shared/flash-messages";
import type { AuthSession } from "@/lib/sessions/queries";
import type { DialogsProps } from "../search-params";
import { RecentAuthDialog } from "../confirm/confirm";
import { DeleteDialog } from "./delete-dialog";
import { OpenInNewTab } from "./open-in-new-tab";
import { OrganizationForm } from "./organization-form";

const closeHref = "/account";

export function UtilitiesDialogs({ session, query: { dialog, organization, notice } }: DialogsProps) {
  if (dialog === "organization") return <Dialog title="Create Organization" closeHref={closeHref}><OrganizationForm /></Dialog>;
  if (dialog === "created") return <CreatedDialog session={session} created={organization} notice={String(notice)} />;
  if (dialog === "export") return <ExportDialog session={session} />;
  return dialog === "delete" ? <DeleteDialog session={session} closeHref={closeHref} /> : null;
}

function CreatedDialog({ session, created, notice }: { session: AuthSession; created: unknown; notice: string }) {
  const own = session.memberships.find(({ orgId }) => orgId === created);
  return own ? <OpenInNewTab href={withFlashMessage(homePath(own.orgId), encodeURIComponent(notice))} name={own.orgName} /> : null;
}

function ExportDialog({ session }: { session: AuthSession }) {
  return (
    <RecentAuthDialog session={session} title="Download my data" next="/account?dialog=export" closeHref={closeHref}>
      <div className={formStack}>
        <p>
          A copy of your data as a JSON file: profile and preferences, memberships, sessions, account history, linked accounts,
          passkeys, notifications, and the pages you opened if you allow us to record them. Passwords, keys and codes are not
          included.
        </p>
        <div className={buttonRow}>
          <LinkButton href="/account/export" variant="primary" icon={downloadIcon} download>Download</LinkButton>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </div>
      </div>
    </RecentAuthDialog>
  );
}
