import type { AppErrorCode } from "./form-state";
import type { Role } from "./roles";

export type DatabaseRole = "app" | "worker" | "auth";

/** Text with `{subject}` and, where fields change, `{fields}`; a note follows after a space or after the separator. */
export type EventMessage = string | { text: string; noteSeparator: string };

/** What a violated constraint means to a person: a conflict unless another code says more, beside a field where there is one. */
export type ConstraintMessage = { message: string; field?: string; code?: AppErrorCode };

/** A change that the access grid tries as every demo person. In values, `{word}` becomes a new word and `{first}` the first option of the form. */
export type DemoAction = {
  permission: string;
  /** The page that offers it, below the organization, with demo targets in brackets. */
  page: string;
  button: string;
  fields?: Readonly<Record<string, string>>;
  /** The list or page that shows the effect, where it is not the page itself or the list above it. */
  shownOn?: string;
  target?: string;
  /** The action that the access grid sends first, so that there is something to undo. */
  undoes?: string;
  /** The button of the preview that the action shows first. */
  confirmedBy?: string;
  effect: "added" | "changed" | "deleted" | "none";
  /** The grid tries it only as people who may not do it, because it would end the demo organization. */
  refusedOnly?: true;
  /** The page stays and shows the result, instead of leading to another page. */
  showsResults?: true;
  /** It leads to a page of another site. */
  leavesPortal?: true;
};

/** A kind of row that the access grid makes and removes by these actions, and finds in a list by its search. */
export type DemoTarget = { list: string; createdBy?: string; /** The action that then gives it a history. */ changedBy?: string; deletedBy?: string; belongsToSites?: true; /** No action of the portal alone makes one: the tests insert it. */ isInserted?: true };

/** A card of the overview: a count or the recent activity, with a link to its list, whose path is below the organization. */
export type OverviewCard = {
  label: string;
  path: string;
  permission: string;
  /** A count above zero is something to look after, and zero is not shown. */
  needsAttention?: true;
};

/** Something to do in a new organization; a path that begins with a slash is outside of it. */
export type FirstStep = { label: string; description: string; path: string; permission: string; position: number };

/** A page or download below the organization; `path` is what the access grid requests when it differs from the route. */
export type OrgRoute = { permission: string; path?: string };

export type AreaScreenshot = {
  name: string;
  /** The path, with ids in brackets. */
  path: string;
  visitor?: true;
  expectedStatus?: number;
  /** The button that is pressed first to show the errors of a form. */
  press?: string;
  /** The menu that is opened first. */
  open?: string;
  /** Only the first viewport height. */
  viewportOnly?: true;
};

/** Rows that are named with their number before an organization is deleted; all of a table, or those where a column has a value or has none. */
export type CountedRows = { one: string; many?: string; having?: string; lacking?: string };

export type Area = {
  /** The folder in `lib`. */
  name: string;
  /** What each permission allows, as text after "to", and which roles hold it; with `needsAllSites` only where the role covers all sites. */
  permissions?: Readonly<Record<string, { allows: string; roles: readonly Role[]; needsAllSites?: true }>>;
  events?: Readonly<Record<string, EventMessage>>;
  /** By the name of the constraint. */
  constraints?: Readonly<Record<string, ConstraintMessage>>;
  /** Why a violation of these constraints cannot happen, or is no error, by the name of the constraint. */
  silentConstraints?: Readonly<Record<string, string>>;
  /** By the key in the query of the page. */
  flashMessages?: Readonly<Record<string, string>>;
  /** The entry in the side menu, for holders of the permission; it is current on the pages that it covers, too. */
  menu?: { label: string; path: string; icon: string; permission: string; covers?: readonly string[] };
  /** Entries of the command palette; a relative path is below the organization. */
  commands?: readonly { label: string; path: string; permission?: string }[];
  /** Cards and first steps of the overview by name; the area's `overview.ts` reads what they show. */
  overviewCards?: Readonly<Record<string, OverviewCard>>;
  firstSteps?: Readonly<Record<string, FirstStep>>;
  /** Table privileges per database role; every migration revokes whatever is not listed. */
  tables?: Readonly<Record<string, Partial<Record<DatabaseRole, string>>>>;
  /** By table of an organization: how its rows are counted before the organization is deleted, or of what they are a part. */
  organizationRows?: Readonly<Record<string, readonly CountedRows[] | string>>;
  /** Security definer functions and the roles that may execute them. */
  functions?: Readonly<Record<string, readonly DatabaseRole[]>>;
  /** The queues that the jobs of the area serve. */
  queues?: Readonly<Record<string, { retryLimit?: number; expireInSeconds?: number }>>;
  /** By the route below `/orgs/[orgId]`. */
  pages?: Readonly<Record<string, OrgRoute>>;
  downloads?: Readonly<Record<string, OrgRoute>>;
  /** Routes of pages outside an organization whose views are counted. */
  accountPages?: readonly string[];
  /** By the name of the server action. */
  actions?: Readonly<Record<string, DemoAction>>;
  demoTargets?: Readonly<Record<string, DemoTarget>>;
  screenshots?: readonly AreaScreenshot[];
};

/** Declares an area: everything that registries, menus, privileges and tests derive from it. */
export const defineArea = <const A extends Area>(area: A): A => area;
