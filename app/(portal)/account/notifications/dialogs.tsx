import { SearchForm } from "@/components/table/search-form";
import { SoftNavigation } from "@/components/table/soft-navigation";
import { TableFoot } from "@/components/table/table-foot";
import { hrefHere, hrefWith, oneOf } from "@/components/table/url";
import { formStack, hintClass } from "@/components/ui/form-class";
import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type Actor, can } from "@/lib/access/actor";
import { listSiteNotifications, getNotificationSummary } from "@/lib/notifications/queries";
import { ListSiteNotifications } from "@/lib/notifications/schema";
import type { SessionMembership } from "@/lib/sessions/rules";
import { actorOf } from "@/lib/web/current-actor";
import { fromSearch } from "@/lib/web/page";
import type { AccountQuery, DialogsProps } from "../search-params";
import { setNotificationAction } from "./actions";
import { NotificationSwitch } from "./notification-switch";
import { inUse } from "./organizations";

const path = "/account";
const closeHref = `${path}#email-notification`;

export async function NotificationDialogs({ session, query }: DialogsProps) {
  const organizations = inUse(session);
  const membership = organizations.find(({ orgId }) => orgId === query.org) ?? organizations[0];
  if (query.dialog !== "notifications" || !membership) return null;
  const actor = await actorOf(session, membership);
  const { organization } = await getNotificationSummary(actor, {});
  const everywhere = membership.scope === "all";
  return (
    <Dialog title="Enable Email Notifications" closeHref={closeHref}>
      <div className={formStack}>
        {organizations.length > 1 && <OrganizationMenu organizations={organizations} membership={membership} query={query} />}
        <p className={hintClass}>Changes are saved immediately. The alert configuration of {membership.orgName} decides what is sent.</p>
        <NotificationSwitch
          key={membership.orgId}
          action={setNotificationAction}
          organization={membership.orgId}
          siteId={null}
          on={organization}
          label="Enable Org Notifications"
          hint={everywhere ? "Events in the organization and every site." : "Events in every site you have access to."}
          back={hrefHere(path, query, {})}
        />
        {can(actor, "site.read") && <SoftNavigation><SiteSwitches actor={actor} query={query} /></SoftNavigation>}
        <div className={buttonRow}>
          <LinkButton href={closeHref}>Done</LinkButton>
        </div>
      </div>
    </Dialog>
  );
}

type OrganizationMenuProps = { organizations: readonly SessionMembership[]; membership: SessionMembership; query: AccountQuery };

function OrganizationMenu({ organizations, membership, query }: OrganizationMenuProps) {
  return (
    <div>
      <Menu id="notified-organization" label="Organization" value={membership.orgName}>
        {organizations.map(({ orgId, orgName }) => (
          <AppLink key={orgId} href={hrefWith(path, query, { org: orgId, search: undefined })} aria-current={orgId === membership.orgId ? "true" : undefined}>
            {orgName}
          </AppLink>
        ))}
      </Menu>
    </div>
  );
}

const fewSites = 6;

async function SiteSwitches({ actor, query }: { actor: Actor; query: AccountQuery }) {
  const { rows, previous, next } = await listSiteNotifications(actor, fromSearch(ListSiteNotifications, query));
  const search = oneOf(query, "search");
  const many = search !== "" || rows.length > fewSites || previous !== undefined;
  return (
    <section className="border-t border-line pt-3" aria-label="Sites">
      {many && <SearchForm name="search" label="Search sites" params={query} path={path} className="mb-2" />}
      {rows.length === 0 && <p className={hintClass}>{search === "" ? "There are no sites yet." : "No results"}</p>}
      {rows.map(({ id, name, on }) => (
        <NotificationSwitch
          key={id}
          action={setNotificationAction}
          organization={actor.orgId}
          siteId={id}
          on={on}
          label={name}
          back={hrefHere(path, query, {})}
        />
      ))}
      {(previous || next) && (
        <TableFoot page={{ previous, next, noun: "sites" }} count={rows.length} params={query} path={path} compact />
      )}
    </section>
  );
}
