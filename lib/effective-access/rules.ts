import { countText } from "@/lib/shared/count-text";
import { allSitesPermissions, permissionWords, rolePermissions } from "@/lib/shared/permissions";
import type { Role, ScopeKind } from "@/lib/shared/roles";

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** What a role may do with this scope, in words: "see sites and change sites". */
export const effectivePermissions = ({ role, scope }: { role: Role; scope: ScopeKind }): string =>
  listFormat.format(rolePermissions[role].filter((permission) => scope === "all" || !allSitesPermissions.includes(permission)).map(permissionWords));

type SiteGrants = { isDirect: boolean; groups: readonly string[]; groupCount: number };

/** What gives access to one site, in words: "Chosen directly, group North". */
export function siteAccessText({ scope }: { scope: ScopeKind }, { isDirect, groups, groupCount }: SiteGrants): string {
  if (scope === "all") return "All sites";
  const more = groupCount > groups.length ? [countText(groupCount - groups.length, "more group")] : [];
  const grants = [...(isDirect ? ["chosen directly"] : []), ...groups.map((name) => `group ${name}`), ...more];
  const text = grants.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
