import { AppError } from "@/lib/shared/app-error";

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

const namesOf = (organizations: readonly { name: string }[]) => listFormat.format(new Set(organizations.map(({ name }) => name)));

/** An organization whose only active Super User is the account, with the number of other members. */
export type LedOrganization = { id: string; name: string; members: number };

/** Whether an organization is deleted with the account that leads it: nobody else is in it. */
export const isDeletedWithAccount = ({ members }: Pick<LedOrganization, "members">): boolean => members === 0;

type Confirmation = { organizations: readonly string[]; organizationNames: readonly string[] };

/** The ids of the organizations to delete with the account; throws when others are in one, it was not shown, or its name was not typed. */
export function organizationsToDelete(led: readonly LedOrganization[], { organizations, organizationNames }: Confirmation): string[] {
  const kept = led.filter((organization) => !isDeletedWithAccount(organization) || !organizations.includes(organization.id));
  if (kept.length > 0) {
    throw new AppError("conflict", `You are the only Super User of ${namesOf(kept)}. Make someone else a Super User there first`);
  }
  const names = led.map(({ name }) => name);
  const areTyped = names.every((name) => organizationNames.includes(name)) && organizationNames.every((typed) => names.includes(typed));
  if (areTyped) return led.map(({ id }) => id);
  throw new AppError("invalid", "Check the marked fields", { organizationNames: [`Enter exactly: ${namesOf(led)}`] });
}
