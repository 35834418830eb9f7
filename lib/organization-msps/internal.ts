import "server-only";
import { eq, sql } from "drizzle-orm";
import { organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { notFoundError } from "@/lib/shared/app-error";

/** The email addresses of the administrators of the provider that the organization of the transaction is assigned to, or has asked. */
export const mspAdministratorEmails = async (tx: Tx, mspId: string): Promise<string[]> =>
  (await tx.execute<{ email: string }>(sql`select email from msp_administrator_emails(${mspId})`)).map(({ email }) => email);

/** The name of the organization, which is locked, so that it is not deleted meanwhile. */
export async function organizationName(tx: Tx, orgId: string): Promise<string> {
  const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)).for("key share");
  if (!organization) throw notFoundError("Organization");
  return organization.name;
}
