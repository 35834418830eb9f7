// Scripts read this file as it stands, without a bundler that would know our import paths.
import { type Role, roleFacts } from "../../lib/vocabulary/access.ts";

export type DemoScope = "all" | { groups: readonly string[] } | { sites: readonly string[] };

export type DemoPerson = {
  email: string;
  firstName: string;
  lastName: string;
  organization: "Tidewater Retail" | "Harbourline Logistics";
  role: Role;
  scope: DemoScope;
  /** Who they are in a few words, for the list that the start prints. */
  summary: string;
};

/** Opens every account of the demo world. */
export const demoPassword = "demo-lantern-on-track-9";

function placesOf(scope: DemoScope): string {
  if (scope === "all") return "all sites";
  const names = "groups" in scope ? scope.groups : scope.sites;
  return names.length > 1 ? `${names.length} sites` : (names[0] ?? "no sites");
}

const person = (organization: DemoPerson["organization"], domain: string) =>
  (firstName: string, lastName: string, role: Role, scope: DemoScope = "all"): DemoPerson => {
    const plain = (name: string) => name.normalize("NFD").replaceAll(/[^\p{L}-]/gu, "").toLowerCase();
    const email = `${plain(firstName)}.${plain(lastName)}@${domain}`;
    const summary = `${roleFacts[role].label}, ${placesOf(scope)} (${organization})`;
    return { email, firstName, lastName, organization, role, scope, summary };
  };

const tidewater = person("Tidewater Retail", "tidewater.example");
const harbourline = person("Harbourline Logistics", "harbourline.example");

/** Who can sign in to the demo world: every role at Tidewater Retail, and the people of a second organization. */
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

/** Who works beside them with a second factor, and so signs in nowhere in the demo world. */
export const demoColleagues: readonly DemoPerson[] = [
  tidewater("Elin", "Sandberg", "network_admin", { groups: ["Large stores"] }),
  tidewater("Marek", "Wójcik", "helpdesk"),
  harbourline("Dora", "Harbourline", "super_observer"),
];

/** The one who belongs to both organizations. */
export const demoGuest = { email: "sofie.brandt@tidewater.example", role: "network_admin", scope: "all" } as const;

type DemoOther = Pick<DemoPerson, "email" | "firstName" | "lastName" | "summary"> & {
  userGroup: "customer" | "partner";
  passwordAgeDays: number;
  analyticsAllowed: "no" | null;
};

/** In no organization yet, and with something to do first: the notice, a new password besides, or the question about their use. */
export const demoOthers: readonly DemoOther[] = [
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
    summary: "partner, the password has ended",
    userGroup: "partner",
    passwordAgeDays: 380,
    analyticsAllowed: "no",
  },
  {
    email: "greta.holm@lantern.example",
    firstName: "Greta",
    lastName: "Holm",
    summary: "customer, never asked about usage analysis",
    userGroup: "customer",
    passwordAgeDays: 90,
    analyticsAllowed: null,
  },
];
