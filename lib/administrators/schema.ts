import { z } from "zod";
import { roleFacts, roles, scopeKinds } from "@/lib/vocabulary/access";
import { EmailAddress } from "@/lib/vocabulary/email";
import { personName, phone, searched } from "@/lib/vocabulary/text";

const longestHours = 168;

const names = {
  firstName: personName("Enter a first name"),
  lastName: personName("Enter a last name"),
  phone: phone.default(""),
};

const access = {
  role: z.enum(roles, "Choose a role"),
  scope: z.enum(scopeKinds, "Choose the site access").default("all"),
  groups: z.array(z.uuid()).max(500, "Choose at most 500 groups").default([]),
  sites: z.array(z.uuid()).max(2_000, "Choose at most 2,000 sites").default([]),
};

type Access = z.output<z.ZodObject<typeof access>>;

/** What the chosen role and site access lack to make sense together. */
function checkAccess({ role, scope, groups, sites }: Access, context: z.core.$RefinementCtx) {
  const refuse = (path: string, message: string) => context.issues.push({ code: "custom", path: [path], message, input: scope });
  if (scope === "all") return;
  if (roleFacts[role].alwaysAllSites) refuse("scope", `${roleFacts[role].label} always has all sites`);
  else if (scope === "groups" && groups.length === 0) refuse("groups", "Choose at least one site group");
  else if (scope === "sites" && sites.length === 0) refuse("sites", "Choose at least one site");
}

/** Keeps the picks of the chosen kind only: the other list may still hold what was ticked before. */
const onlyChosen = <A extends Access>(input: A): A => ({
  ...input,
  groups: input.scope === "groups" ? [...new Set(input.groups)] : [],
  sites: input.scope === "sites" ? [...new Set(input.sites)] : [],
});

export const InviteAdministrator = z
  .strictObject({
    email: EmailAddress,
    ...names,
    ...access,
    /** How long the link can be used (ADM-3). */
    hours: z.coerce.number().int().min(1, "At least 1 hour").max(longestHours, "At most 168 hours").default(longestHours),
  })
  .superRefine(checkAccess)
  .transform(onlyChosen);

export const ResendInvitation = z.strictObject({ administratorId: z.uuid() });
export const CancelInvitation = z.strictObject({ administratorId: z.uuid() });

export const UpdateAdministrator = z
  .strictObject({
    administratorId: z.uuid(),
    /** The save this one was made from; a later one by somebody else refuses it. */
    version: z.coerce.number().int().positive(),
    ...access,
  })
  .superRefine(checkAccess)
  .transform(onlyChosen);

export const RevokeAccess = z.strictObject({ administratorId: z.uuid() });
export const EndMemberSessions = z.strictObject({ administratorId: z.uuid() });
export const StartReset = z.strictObject({ administratorId: z.uuid() });
export const GetAdministrator = z.object({ administratorId: z.uuid() });

export const ExportAdministrators = z.object({
  search: searched(200).optional().catch(undefined),
  role: z.union([z.enum(roles), z.array(z.enum(roles))]).optional().catch(undefined),
});

export const ListAdministrators = ExportAdministrators.extend({
  sort: z.string().max(40).optional().catch(undefined),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});
