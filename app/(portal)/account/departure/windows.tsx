import { LinkButton } from "@/components/ui/button";
import { Window } from "@/components/ui/window";
import { homeOf } from "@/lib/vocabulary/menu";
import { withNotice } from "@/lib/vocabulary/notices";
import type { Present } from "@/lib/sessions/queries";
import type { WindowsProps } from "../asked";
import { FreshWindow } from "../confirm/confirm";
import { DeleteWindow } from "./delete-window";
import { OpenBeside } from "./open-beside";
import { OrganizationForm } from "./organization-form";

const closeHref = "/account";

export function DepartureWindows({ who, asked: { window, organization, notice } }: WindowsProps) {
  if (window === "organization") return <Window title="Create Organization" closeHref={closeHref}><OrganizationForm /></Window>;
  if (window === "created") return <CreatedWindow who={who} created={organization} notice={String(notice)} />;
  if (window === "export") return <ExportWindow who={who} />;
  return window === "delete" ? <DeleteWindow who={who} closeHref={closeHref} /> : null;
}

function CreatedWindow({ who, created, notice }: { who: Present; created: unknown; notice: string }) {
  const own = who.memberships.find(({ orgId }) => orgId === created);
  return own ? <OpenBeside href={withNotice(homeOf(own.orgId, own.role), encodeURIComponent(notice))} name={own.orgName} /> : null;
}

function ExportWindow({ who }: { who: Present }) {
  return (
    <FreshWindow who={who} title="Download my data" next="/account?window=export" closeHref={closeHref}>
      <div className="form">
        <p>
          A copy of what is kept about you, as a JSON file: profile and preferences, memberships, sessions, account history,
          linked accounts, passkeys, notifications, and the pages you opened if you allow that. Passwords, keys and codes are
          not in it.
        </p>
        <div className="form-end">
          <LinkButton href="/account/export" tone="primary" icon="download" download>Download</LinkButton>
          <LinkButton href={closeHref}>Back</LinkButton>
        </div>
      </div>
    </FreshWindow>
  );
}
