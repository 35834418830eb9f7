// Node runs this file without a bundler, so imports are relative with file extensions.
import { type Role, roles } from "../../lib/shared/roles.ts";

export type DemoScope = "all" | { groups: readonly string[] } | { sites: readonly string[] };

export type DemoPerson = {
  email: string;
  firstName: string;
  lastName: string;
  organization: "Tidewater Retail" | "Harbourline Logistics";
  role: Role;
  scope: DemoScope;
  /** Short description for the list that `npm start` prints. */
  summary: string;
};

/** Password of all demo accounts. */
export const demoPassword = "demo-lantern-on-track-9";

function scopeText(scope: DemoScope): string {
  if (scope === "all") return "all sites";
  const names = "groups" in scope ? scope.groups : scope.sites;
  return names.length > 1 ? `${names.length} sites` : (names[0] ?? "no sites");
}

const person = (organization: DemoPerson["organization"], domain: string) =>
  (firstName: string, lastName: string, role: Role, scope: DemoScope = "all"): DemoPerson => {
    const slug = (name: string) => name.normalize("NFD").replaceAll(/[^\p{L}-]/gu, "").toLowerCase();
    const email = `${slug(firstName)}.${slug(lastName)}@${domain}`;
    const summary = `${roles[role].label}, ${scopeText(scope)} (${organization})`;
    return { email, firstName, lastName, organization, role, scope, summary };
  };

const tidewater = person("Tidewater Retail", "tidewater.example");
const harbourline = person("Harbourline Logistics", "harbourline.example");

/** People who can sign in: every role at Tidewater Retail, and three people of a second organization. */
export const demoPeople: readonly DemoPerson[] = [
  tidewater("Mara", "Okafor", "super_user"),
  tidewater("Jonas", "Lind", "super_user"),
  tidewater("Priya", "Raman", "network_admin", { groups: ["DACH"] }),
  tidewater("Tomasz", "Nowak", "observer", { sites: ["Gdańsk"] }),
  tidewater("Camille", "Laurent", "installer", { sites: ["Lyon Part-Dieu", "Marseille Joliette", "Lille Flandres"] }),
  tidewater("Nils", "Haverkamp", "helpdesk", { groups: ["Large stores"] }),
  tidewater("Aiko", "Tanaka", "reporting"),
  tidewater("Daan", "Vermeer", "location", { sites: ["Rotterdam", "Utrecht Centraal"] }),
  tidewater("Lucía", "Ferrer", "marketing"),
  tidewater("Henrik", "Dahl", "edge_admin"),
  tidewater("Fatou", "Diallo", "switch_port_operator", { sites: ["Hamburg Hafen"] }),
  tidewater("Sofie", "Brandt", "super_observer"),
  harbourline("Ada", "Harbourline", "super_user"),
  harbourline("Bruno", "Harbourline", "network_admin", { groups: ["Harbourline Ports"] }),
  harbourline("Clara", "Harbourline", "observer", { sites: ["Harbourline Quay Antwerp"] }),
];

/** Colleagues with two-factor authentication, who therefore cannot sign in. */
export const demoTwoFactorUsers: readonly DemoPerson[] = [
  tidewater("Elin", "Sandberg", "network_admin", { groups: ["Large stores"] }),
  tidewater("Marek", "Wójcik", "helpdesk"),
  harbourline("Dora", "Harbourline", "super_observer"),
];

/** The member of both organizations. */
export const demoMultiOrgMember = { email: "sofie.brandt@tidewater.example", role: "network_admin", scope: "all" } as const;

type NonMember = Pick<DemoPerson, "email" | "firstName" | "lastName" | "summary"> & {
  userGroup: "customer" | "partner";
  passwordAgeDays: number;
  analyticsAllowed: "no" | null;
};

/** The provider that both organizations are assigned to. */
export const demoMsp = { name: "Halyard Networks", administrator: "noa.lindgren@halyard.example" };

/** People without an organization: with pending steps after sign-in (login terms, expired password, analytics consent), and one of a provider. */
export const demoNonMembers: readonly NonMember[] = [
  {
    email: "pia.lorenz@railhead.example",
    firstName: "Pia",
    lastName: "Lorenz",
    summary: "partner",
    userGroup: "partner",
    passwordAgeDays: 60,
    analyticsAllowed: "no",
  },
  {
    email: "otto.keller@railhead.example",
    firstName: "Otto",
    lastName: "Keller",
    summary: "partner, password expired",
    userGroup: "partner",
    passwordAgeDays: 380,
    analyticsAllowed: "no",
  },
  {
    email: "greta.holm@lantern.example",
    firstName: "Greta",
    lastName: "Holm",
    summary: "customer, not yet asked about usage analytics",
    userGroup: "customer",
    passwordAgeDays: 90,
    analyticsAllowed: null,
  },
  {
    email: demoMsp.administrator,
    firstName: "Noa",
    lastName: "Lindgren",
    summary: `customer, administrator of the Managed Service Provider ${demoMsp.name}`,
    userGroup: "customer",
    passwordAgeDays: 60,
    analyticsAllowed: "no",
  },
];
