import * as z from "zod/mini";
import { roles, roleNames, scopeKinds } from "@/lib/shared/roles";
import { EmailAddress } from "@/lib/shared/email-address";
import { notEmpty, selection } from "@/lib/shared/selection";
import { formNumber, rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, queryParam, listParams, nameLines, rowId, optionalPersonName, personName, phoneNumber, searchTerm } from "@/lib/shared/text-schemas";

const maxHours = 168;

const nameFields = {
  firstName: personName("Enter a first name"),
  lastName: optionalPersonName,
  phone: phoneNumber,
};

/** How many site groups and sites an administrator can be given. */
export const mostPicked = { groups: 500, sites: 2_000 };
export const tooManyPicked = { groups: "Choose at most 500 groups", sites: "Choose at most 2,000 sites" };

const accessFields = {
  role: z.enum(roleNames, "Choose a role"),
  scope: z._default(z.enum(scopeKinds, "Choose the site access"), "all"),
  groups: z._default(boundedArray(rowId(), mostPicked.groups, tooManyPicked.groups), []),
  sites: z._default(boundedArray(rowId(), mostPicked.sites, tooManyPicked.sites), []),
  groupNames: nameLines(mostPicked.groups, tooManyPicked.groups),
  siteNames: nameLines(mostPicked.sites, tooManyPicked.sites),
};

type AccessSelection = z.output<z.ZodMiniObject<typeof accessFields>>;

/** Adds an issue when role, scope and selection do not fit together. */
function checkAccess({ value: { role, scope, groups, sites, groupNames, siteNames }, issues }: z.core.ParsePayload<AccessSelection>) {
  const addIssue = (path: string, message: string) => issues.push({ code: "custom", path: [path], message, input: scope });
  if (scope === "all") return;
  if (roles[role].alwaysAllSites) addIssue("scope", `${roles[role].label} always has all sites`);
  else if (scope === "groups" && groups.length + groupNames.length === 0) addIssue("groups", "Choose at least one site group");
  else if (scope === "sites" && sites.length + siteNames.length === 0) addIssue("sites", "Choose at least one site");
}

/** Drops the selection that does not belong to the chosen scope. */
const dropUnselected = <A extends AccessSelection>(input: A): A => ({
  ...input,
  groups: input.scope === "groups" ? [...new Set(input.groups)] : [],
  sites: input.scope === "sites" ? [...new Set(input.sites)] : [],
  groupNames: input.scope === "groups" ? input.groupNames : [],
  siteNames: input.scope === "sites" ? input.siteNames : [],
});

export const InviteAdministrator = z.pipe(
  z
    .strictObject({
      email: EmailAddress,
      ...nameFields,
      ...accessFields,
      /** Validity of the link. */
      hours: z._default(
        formNumber.check(z.int(), z.gte(1, "At least 1 hour"), z.lte(maxHours, "At most 168 hours")),
        maxHours,
      ),
    })
    .check(checkAccess),
  z.transform(dropUnselected),
);

export const ResendInvitation = z.strictObject({ administratorId: rowId() });
export const CancelInvitation = z.strictObject({ administratorId: rowId() });

export const UpdateAdministrator = z.pipe(
  z.strictObject({ administratorId: rowId(), version: rowVersion, ...accessFields }).check(checkAccess),
  z.transform(dropUnselected),
);

export const RevokeAccess = z.strictObject({ administratorId: rowId() });
export const EndMemberSessions = z.strictObject({ administratorId: rowId() });
export const StartPasswordReset = z.strictObject({ administratorId: rowId() });
export const GetAdministrator = z.object({ administratorId: rowId() });

/** Which administrators: those selected, or all that the filter of the list shows. */
const selected = { ...selection, search: z._default(searchTerm(200), ""), roles: z._default(boundedArray(z.enum(roleNames), roleNames.length), []) };

export const SelectAdministrators = z.strictObject(selected).check(notEmpty);
export const ChangeRoleOfSelected = z.strictObject({ ...selected, role: z.enum(roleNames, "Choose a role") }).check(notEmpty);

const filterFields = {
  search: queryParam(searchTerm(200)),
  role: queryParam(z.union([z.enum(roleNames), boundedArray(z.enum(roleNames), roleNames.length)])),
};

export const ExportAdministrators = z.object({ ...filterFields, sort: listParams.sort });
export const ListAdministrators = z.object({ ...filterFields, ...listParams });
