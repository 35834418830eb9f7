import * as z from "zod/mini";
import { roleFacts, roles, scopeKinds } from "@/lib/vocabulary/access";
import { EmailAddress } from "@/lib/vocabulary/email";
import { version } from "@/lib/vocabulary/sent";
import { inAddress, listAddress, personName, phone, searched } from "@/lib/vocabulary/text";

const longestHours = 168;

const names = {
  firstName: personName("Enter a first name"),
  lastName: personName("Enter a last name"),
  phone,
};

const access = {
  role: z.enum(roles, "Choose a role"),
  scope: z._default(z.enum(scopeKinds, "Choose the site access"), "all"),
  groups: z._default(z.array(z.uuid()).check(z.maxLength(500, "Choose at most 500 groups")), []),
  sites: z._default(z.array(z.uuid()).check(z.maxLength(2_000, "Choose at most 2,000 sites")), []),
};

type Access = z.output<z.ZodMiniObject<typeof access>>;

/** Adds an issue when role, scope and selection do not fit together. */
function checkAccess({ value: { role, scope, groups, sites }, issues }: z.core.ParsePayload<Access>) {
  const addIssue = (path: string, message: string) => issues.push({ code: "custom", path: [path], message, input: scope });
  if (scope === "all") return;
  if (roleFacts[role].alwaysAllSites) addIssue("scope", `${roleFacts[role].label} always has all sites`);
  else if (scope === "groups" && groups.length === 0) addIssue("groups", "Choose at least one site group");
  else if (scope === "sites" && sites.length === 0) addIssue("sites", "Choose at least one site");
}

/** Drops the selection that does not belong to the chosen scope. */
const onlyChosen = <A extends Access>(input: A): A => ({
  ...input,
  groups: input.scope === "groups" ? [...new Set(input.groups)] : [],
  sites: input.scope === "sites" ? [...new Set(input.sites)] : [],
});

export const InviteAdministrator = z.pipe(
  z
    .strictObject({
      email: EmailAddress,
      ...names,
      ...access,
      /** Validity of the link. */
      hours: z._default(
        z.coerce.number().check(z.int(), z.gte(1, "At least 1 hour"), z.lte(longestHours, "At most 168 hours")),
        longestHours,
      ),
    })
    .check(checkAccess),
  z.transform(onlyChosen),
);

export const ResendInvitation = z.strictObject({ administratorId: z.uuid() });
export const CancelInvitation = z.strictObject({ administratorId: z.uuid() });

export const UpdateAdministrator = z.pipe(
  z.strictObject({ administratorId: z.uuid(), version, ...access }).check(checkAccess),
  z.transform(onlyChosen),
);

export const RevokeAccess = z.strictObject({ administratorId: z.uuid() });
export const EndMemberSessions = z.strictObject({ administratorId: z.uuid() });
export const StartReset = z.strictObject({ administratorId: z.uuid() });
export const GetAdministrator = z.object({ administratorId: z.uuid() });

const filter = {
  search: inAddress(searched(200)),
  role: inAddress(z.union([z.enum(roles), z.array(z.enum(roles))])),
};

export const ExportAdministrators = z.object(filter);
export const ListAdministrators = z.object({ ...filter, ...listAddress });
