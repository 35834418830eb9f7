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

type RoleDefinition = {
  label: string;
  description: string;
  /** The role always covers the whole organization. */
  alwaysAllSites: boolean;
};

/** The roles; what each may do stands in the manifests of the areas. */
export const roles: Record<Role, RoleDefinition> = {
  super_user: {
    label: "Super User",
    description: "Full access to every site. Creates sites, manages administrators, settings and subscriptions.",
    alwaysAllSites: true,
  },
  network_admin: {
    label: "Network Admin",
    description: "Full access to the selected sites. Views the organization pages, but can’t change administrators or settings.",
    alwaysAllSites: false,
  },
  observer: {
    label: "Observer",
    description: "Views the selected sites and their devices.",
    alwaysAllSites: false,
  },
  installer: {
    label: "Installer",
    description: "Claims, assigns, names and locates devices at the selected sites. Nothing else.",
    alwaysAllSites: false,
  },
  helpdesk: {
    label: "Helpdesk",
    description: "Views the selected sites, and opens and follows support tickets for them.",
    alwaysAllSites: false,
  },
  reporting: {
    label: "Reporting",
    description: "Uses the analytics tools only.",
    alwaysAllSites: false,
  },
  location: {
    label: "Location",
    description: "Uses occupancy and engagement analytics, and edits location maps.",
    alwaysAllSites: false,
  },
  marketing: {
    label: "Marketing",
    description: "Uses occupancy and engagement analytics, and views location maps.",
    alwaysAllSites: false,
  },
  edge_admin: {
    label: "Mist Edge Admin",
    description: "Views and manages edges and tunnels.",
    alwaysAllSites: true,
  },
  switch_port_operator: {
    label: "Switch Port Operator",
    description: "Views and manages the switch port configurations that a Super User allowed.",
    alwaysAllSites: false,
  },
  super_observer: {
    label: "Super Observer",
    description: "Views every site and every organization page. Changes nothing.",
    alwaysAllSites: true,
  },
};
