import * as z from "zod/mini";
import { roles, roleNames, type ScopeKind, scopeKinds } from "@/lib/shared/roles";
import { EmailAddress } from "@/lib/shared/email-address";
import { maxInviteeListLength, noInvitees } from "@/lib/shared/invitee-limits";
import { notEmpty, selection } from "@/lib/shared/selection";
import { dayInput, formNumber, rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, filterParam, filterValues, queryParam, listParams, nameLines, rowId, optionalPersonName, phoneNumber, searchTerm } from "@/lib/shared/text-schemas";

const maxHours = 168;

export const administratorStatuses = ["active", "accepted", "invited", "undeliverable", "expired", "suspended", "ended"] as const;
export const twoFactorStates = ["on", "off"] as const;
export const accessEndStates = ["soon", "later", "never"] as const;

/** How many site groups and sites an administrator can be given. */
export const mostPicked = { groups: 500, sites: 2_000 };
export const tooManyPicked = { groups: "Choose at most 500 groups", sites: "Choose at most 2,000 sites" };

const accessFields = {
  role: z.enum(roleNames, "Choose a role"),
  /** Never preselected; a role that always has all sites needs none. */
  scope: z.optional(z.enum(scopeKinds, "Choose the site access")),
  groups: z._default(boundedArray(rowId(), mostPicked.groups, tooManyPicked.groups), []),
  sites: z._default(boundedArray(rowId(), mostPicked.sites, tooManyPicked.sites), []),
  groupNames: nameLines(mostPicked.groups, tooManyPicked.groups),
  siteNames: nameLines(mostPicked.sites, tooManyPicked.sites),
  /** The last day with access; empty for access without an end date, and unchanged when it is missing. */
  accessEndsOn: z.optional(dayInput),
  /** The time zone of that day. */
  timeZone: z._default(boundedText(60), "UTC"),
};

type AccessSelection = z.output<z.ZodMiniObject<typeof accessFields>>;

const areEmpty = (...lists: unknown[]) => lists.every((list) => Array.isArray(list) && list.length === 0);

/** Adds an issue when role, scope and selection do not fit together, also where another field is wrong. */
const checkAccess = z.check<AccessSelection>(
  ({ value: { role, scope, groups, sites, groupNames, siteNames }, issues }) => {
    const addIssue = (path: string, message: string) => issues.push({ code: "custom", path: [path], message, input: scope });
    const chosenRole = Object.hasOwn(roles, role) ? roles[role] : undefined;
    if (scope === "all" || (scope === undefined && chosenRole?.alwaysAllSites)) return;
    if (scope === undefined) addIssue("scope", "Choose the site access");
    else if (chosenRole?.alwaysAllSites) addIssue("scope", `${chosenRole.label} always has all sites`);
    else if (scope === "groups" && areEmpty(groups, groupNames)) addIssue("groups", "Choose at least one site group");
    else if (scope === "sites" && areEmpty(sites, siteNames)) addIssue("sites", "Choose at least one site");
  },
  { when: () => true },
);

/** Drops the selection that does not belong to the chosen scope. */
const dropUnselected = <A extends AccessSelection>(input: A): A & { scope: ScopeKind } => ({
  ...input,
  scope: input.scope ?? "all",
  groups: input.scope === "groups" ? [...new Set(input.groups)] : [],
  sites: input.scope === "sites" ? [...new Set(input.sites)] : [],
  groupNames: input.scope === "groups" ? input.groupNames : [],
  siteNames: input.scope === "sites" ? input.siteNames : [],
});

const invitee = z.strictObject({
  email: EmailAddress,
  /** Optional: the invited person can enter them when creating the login. */
  firstName: optionalPersonName,
  lastName: optionalPersonName,
  phone: phoneNumber,
  /** Validity of the link. */
  hours: z._default(
    formNumber.check(z.int(), z.gte(1, "At least 1 hour"), z.lte(maxHours, "At most 168 hours")),
    maxHours,
  ),
});

/** Input with a role and site access; two parts, so that a wrong field of the first does not keep the access from being checked. */
export const withAccess = <S extends z.ZodMiniType<object>>(schema: S) =>
  z.pipe(z.intersection(schema, z.strictObject(accessFields).check(checkAccess)), z.transform(dropUnselected));

export const InviteAdministrator = withAccess(invitee);

const people = boundedText(maxInviteeListLength, { missing: noInvitees, tooLong: "This list is too long. Split it into several lists" }).check(z.minLength(1, noInvitees));

/** One role and site access for everybody in the list, which the server reads. */
export const InviteSeveral = withAccess(z.strictObject({ people }));

export const ResendInvitation = z.strictObject({ administratorId: rowId() });
export const CancelInvitation = z.strictObject({ administratorId: rowId() });

export const UpdateAdministrator = withAccess(z.strictObject({ administratorId: rowId(), version: rowVersion }));

export const RevokeAccess = z.strictObject({ administratorId: rowId() });
export const EndMemberSessions = z.strictObject({ administratorId: rowId() });
export const StartPasswordReset = z.strictObject({ administratorId: rowId() });
export const GetRevocationImpact = z.object({ administratorId: rowId() });
export const GetAdministrator = z.object({ administratorId: rowId() });

const maxFilterSites = 50;

/** Which administrators: those selected, or all that the filter of the list shows. */
const selected = {
  ...selection,
  search: z._default(searchTerm(200), ""),
  roles: filterValues(z.enum(roleNames), roleNames.length),
  statuses: filterValues(z.enum(administratorStatuses), administratorStatuses.length),
  twoFactor: filterValues(z.enum(twoFactorStates), twoFactorStates.length),
  accessEnd: filterValues(z.enum(accessEndStates), accessEndStates.length),
  onSites: filterValues(rowId(), maxFilterSites),
};

export const SelectAdministrators = z.strictObject(selected).check(notEmpty);
export const ChangeRoleOfSelected = z.strictObject({ ...selected, role: z.enum(roleNames, "Choose a role") }).check(notEmpty);

const filterFields = {
  search: queryParam(searchTerm(200)),
  role: filterParam(z.enum(roleNames), roleNames.length),
  status: filterParam(z.enum(administratorStatuses), administratorStatuses.length),
  twoFactor: filterParam(z.enum(twoFactorStates), twoFactorStates.length),
  accessEnd: filterParam(z.enum(accessEndStates), accessEndStates.length),
  site: filterParam(rowId(), maxFilterSites),
};

export const ExportAdministrators = z.object({ ...filterFields, sort: listParams.sort });
/** `findSite` narrows the sites that the filter offers. */
export const ListAdministrators = z.object({ ...filterFields, ...listParams, findSite: queryParam(searchTerm(200)) });
