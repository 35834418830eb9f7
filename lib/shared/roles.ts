export const roleNames = [
  "super_user",
  "network_admin",
  "observer",
  "installer",
  "helpdesk",
  "reporting",
  "location",
  "marketing",
  "edge_admin",
  "switch_port_operator",
  "super_observer",
] as const;
export type Role = (typeof roleNames)[number];

export const scopeKinds = ["all", "groups", "sites"] as const;
export type ScopeKind = (typeof scopeKinds)[number];

export type ActorKind = "account" | "system" | "staff";

export type Permission =
  | "organization.read"
  | "administrator.read"
  | "administrator.invite"
  | "administrator.update"
  | "administrator.revoke"
  | "audit.read"
  | "audit.export"
  | "site.read"
  | "site.create"
  | "site.update"
  | "site.delete";

type RoleDefinition = {
  label: string;
  description: string;
  /** The role always covers the whole organization. */
  alwaysAllSites: boolean;
  permissions: readonly Permission[];
};

const orgPermissions: readonly Permission[] = ["organization.read"];
const sitePermissions: readonly Permission[] = [...orgPermissions, "site.read"];

/** The roles with their permissions: the only source for pages, actions, API and tests. */
export const roles: Record<Role, RoleDefinition> = {
  super_user: {
    label: "Super User",
    description: "Full access to every site. Creates sites, manages administrators, settings and subscriptions.",
    alwaysAllSites: true,
    permissions: [
      ...sitePermissions,
      "site.create",
      "site.update",
      "site.delete",
      "administrator.read",
      "administrator.invite",
      "administrator.update",
      "administrator.revoke",
      "audit.read",
      "audit.export",
    ],
  },
  network_admin: {
    label: "Network Admin",
    description: "Full access to the selected sites. Sees the organization pages, changes no administrators or settings.",
    alwaysAllSites: false,
    permissions: [...sitePermissions, "site.create", "site.update", "site.delete", "administrator.read", "audit.read", "audit.export"],
  },
  observer: {
    label: "Observer",
    description: "Reads the selected sites and their devices.",
    alwaysAllSites: false,
    permissions: sitePermissions,
  },
  installer: {
    label: "Installer",
    description: "Claims, assigns, names and locates devices at the selected sites. Nothing else.",
    alwaysAllSites: false,
    permissions: sitePermissions,
  },
  helpdesk: {
    label: "Helpdesk",
    description: "Reads the selected sites, opens and follows support tickets for them.",
    alwaysAllSites: false,
    permissions: sitePermissions,
  },
  reporting: {
    label: "Reporting",
    description: "Uses the analytics tools only.",
    alwaysAllSites: false,
    permissions: orgPermissions,
  },
  location: {
    label: "Location",
    description: "Uses occupancy and engagement analytics, and edits location maps.",
    alwaysAllSites: false,
    permissions: orgPermissions,
  },
  marketing: {
    label: "Marketing",
    description: "Uses occupancy and engagement analytics, and views location maps.",
    alwaysAllSites: false,
    permissions: orgPermissions,
  },
  edge_admin: {
    label: "Mist Edge Admin",
    description: "Views and manages edges and tunnels.",
    alwaysAllSites: true,
    permissions: orgPermissions,
  },
  switch_port_operator: {
    label: "Switch Port Operator",
    description: "Views and manages the switch port configurations that a Super User allowed.",
    alwaysAllSites: false,
    permissions: orgPermissions,
  },
  super_observer: {
    label: "Super Observer",
    description: "Reads every site and every organization page. Changes nothing.",
    alwaysAllSites: true,
    permissions: [...sitePermissions, "administrator.read", "audit.read", "audit.export"],
  },
};

/** Permissions that need a role over all sites. */
export const allSitesPermissions: readonly Permission[] = ["site.create", "site.delete"];
