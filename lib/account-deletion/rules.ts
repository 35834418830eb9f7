import type { SoleSuperUserOrg } from "@/lib/account-deletion/queries";
import { AppError } from "@/lib/shared/app-error";

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

const namesOf = (organizations: readonly { name: string }[]) => listFormat.format(new Set(organizations.map(({ name }) => name)));

/** Whether an organization is deleted with the account that is its only Super User: nobody else is in it. */
export const isDeletedWithAccount = ({ members }: Pick<SoleSuperUserOrg, "members">): boolean => members === 0;

type Confirmation = { organizations: readonly string[]; organizationNames: readonly string[] };

/** The ids of the organizations to delete with the account; throws when others are in one, it was not shown, or its name was not typed. */
export function organizationsToDelete(soleSuperUserOrgs: readonly Pick<SoleSuperUserOrg, "id" | "name" | "members">[], { organizations, organizationNames }: Confirmation): string[] {
  const withOthers = soleSuperUserOrgs.filter((organization) => !isDeletedWithAccount(organization));
  if (withOthers.length > 0) {
    throw new AppError("conflict", `You are the only Super User of ${namesOf(withOthers)}. Make someone else a Super User there first`);
  }
  const notShown = soleSuperUserOrgs.filter(({ id }) => !organizations.includes(id));
  if (notShown.length > 0) throw new AppError("conflict", `${namesOf(notShown)} would be deleted, too. Open this dialog again to confirm it`);
  const names = soleSuperUserOrgs.map(({ name }) => name);
  const areTyped = names.every((name) => organizationNames.includes(name)) && organizationNames.every((typed) => names.includes(typed));
  if (areTyped) return soleSuperUserOrgs.map(({ id }) => id);
  throw new AppError("invalid", "Check the marked fields", { organizationNames: [`Enter exactly: ${namesOf(soleSuperUserOrgs)}`] });
}
