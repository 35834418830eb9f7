import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";

/** The email addresses of the Super Users of an organization of the provider of the transaction; locks the organization, so that it is not deleted meanwhile. */
export const organizationContacts = async (tx: Tx, orgId: string): Promise<string[]> =>
  (await tx.execute<{ email: string }>(sql`select email from msp_organization_contacts(${orgId})`)).map(({ email }) => email);
