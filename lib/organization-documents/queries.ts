import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, memberships, membershipScopes, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { byName, type CompleteDocument, type DocumentAdmin, type DocumentSite, formatVersion, mostRows, scopeNames, settingsOrder, siteNamesPath } from "@/lib/organization-documents/rules";
import { settingsOf } from "@/lib/settings/internal";
import { siteListNames } from "@/lib/settings/sections";
import { type SettingsDocument, textAt, valueAt, withValueAt } from "@/lib/shared/settings/document";
import { AppError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import { currentTimeZoneName } from "@/lib/shared/time-zone-id";
import { firstSiteSettings } from "@/lib/site-settings/internal";
import { type SiteSettings, siteSettingPaths } from "@/lib/site-settings/rules";

/** A row behind an entry of the document, for what changes it. */
export type DocumentRows = {
  sites: Awaited<ReturnType<typeof readSites>>;
  groups: Awaited<ReturnType<typeof readGroups>>;
  admins: Awaited<ReturnType<typeof readAdmins>>;
};

const tooMany = (what: string) => new AppError("conflict", `This organization has more than ${countText(mostRows, what)}, which is more than one document holds`);

function limited<Row>(rows: Row[], what: string): Row[] {
  if (rows.length > mostRows) throw tooMany(what);
  return rows;
}

const readSites = async (tx: Tx) => limited((await firstSiteSettings(tx, mostRows + 1)).map(toSiteRow), "site");

/** A site with its settings under their names in the document. */
function toSiteRow({ siteId, name, document }: SiteSettings) {
  const groups = (valueAt(document, "groups") ?? []) as string[];
  return { id: siteId, name, country: textAt(document, "country"), timeZone: textAt(document, "timeZone"), streetAddress: textAt(document, "streetAddress"), groups, document };
}

const readGroups = async (tx: Tx) => limited(await tx.select({ id: siteGroups.id, name: siteGroups.name, version: siteGroups.version }).from(siteGroups).limit(mostRows + 1), "site group");

const scopeSites = sql<string[]>`array(select s.name from ${membershipScopes} x join ${sites} s on s.id = x.site_id where x.membership_id = ${memberships.id})`;
const scopeGroups = sql<string[]>`array(select g.name from ${membershipScopes} x join ${siteGroups} g on g.id = x.group_id where x.membership_id = ${memberships.id})`;

const readAdmins = async (tx: Tx) =>
  limited(
    await tx
      .select({
        id: memberships.id,
        accountId: memberships.accountId,
        isSuspended: sql<boolean>`${accounts.suspendedAt} is not null`,
        email: sql<string>`coalesce(${accounts.email}, ${memberships.email})`,
        firstName: sql<string>`coalesce(${accounts.firstName}, ${memberships.firstName})`,
        lastName: sql<string>`coalesce(${accounts.lastName}, ${memberships.lastName})`,
        role: memberships.role,
        scope: memberships.scope,
        accessEndsAt: memberships.accessEndsAt,
        version: memberships.version,
        siteNames: scopeSites,
        groupNames: scopeGroups,
      })
      .from(memberships)
      .leftJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(hasCurrentAccess)
      .limit(mostRows + 1),
    "administrator",
  );

const itself = (name: string) => name;

function documentAdmin({ email, firstName, lastName, role, scope, siteNames, groupNames, accessEndsAt }: DocumentRows["admins"][number]): DocumentAdmin {
  return {
    email,
    first_name: firstName,
    last_name: lastName,
    role,
    scope: scopeNames[scope],
    sitegroups: scope === "groups" ? byName(groupNames, itself) : [],
    sites: scope === "sites" ? byName(siteNames, itself) : [],
    ...(accessEndsAt && { access_ends_at: accessEndsAt.toISOString() }),
  };
}

/** The settings in the order of the sections, with the names of sites; sites that are gone are left out. */
function documentSettings(stored: SettingsDocument, siteNames: ReadonlyMap<string, string>): SettingsDocument {
  const lists = siteListNames.flatMap((path) => {
    const ids = valueAt(stored, path) as string[] | undefined;
    return ids ? [[siteNamesPath(path), byName(ids.flatMap((id) => siteNames.get(id) ?? []), itself)] as const] : [];
  });
  const named = lists.reduce<SettingsDocument>((settings, [path, names]) => withValueAt(settings, path, names), stored);
  return settingsOrder.reduce<SettingsDocument>((ordered, path) => {
    const value = valueAt(named, path);
    return value === undefined ? ordered : withValueAt(ordered, path, value);
  }, {});
}

function documentSite({ name, country, timeZone, streetAddress, groups, document }: DocumentRows["sites"][number]): CompleteDocument["sites"][number] {
  const notes = textAt(document, "notes");
  const latlng = valueAt(document, "latlng") as DocumentSite["latlng"];
  const setting = siteSettingPaths.reduce<SettingsDocument>((ordered, path) => withValueAt(ordered, path, valueAt(document, path)), {});
  return {
    name,
    country_code: country,
    timezone: currentTimeZoneName(timeZone),
    address: streetAddress,
    ...(latlng && { latlng }),
    ...(notes && { notes }),
    sitegroups: byName(groups, itself),
    ...(Object.keys(setting).length > 0 && { setting }),
  };
}

/** The organization as a document, with the rows behind it; needs access to all sites. */
export async function readDocument(tx: Tx, orgId: string): Promise<{ document: CompleteDocument; rows: DocumentRows }> {
  const rows = { sites: await readSites(tx), groups: await readGroups(tx), admins: await readAdmins(tx) };
  const { document } = await settingsOf(tx, orgId);
  const siteNames = new Map(rows.sites.map(({ id, name }) => [id, name]));
  return {
    rows,
    document: {
      format_version: formatVersion,
      settings: documentSettings(document, siteNames),
      sitegroups: byName(rows.groups, ({ name }) => name).map(({ name }) => ({ name })),
      sites: byName(rows.sites, ({ name }) => name).map(documentSite),
      admins: byName(rows.admins, ({ email }) => email).map(documentAdmin),
    },
  };
}
