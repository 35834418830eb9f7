import "server-only";
import { eq } from "drizzle-orm";
import { withAuthScope } from "@/db/auth-access";
import { organizations, sdkKeys } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { hashSecret } from "@/lib/kernel/secrets";
import { SdkSecret } from "@/lib/sdk-enrollment/schema";

export type Enrollment = { name: string; organizationId: string; organization: string };

/** The key and the organization that an enrollment link names, or null when the key is unknown or revoked. */
export async function getEnrollment(secret: string): Promise<Enrollment | null> {
  if (!SdkSecret.safeParse(secret).success) return null;
  const tokenHash = hashSecret(secret);
  const key = await withAuthScope({ tokenHash }, (tx) => keyByHash(tx, tokenHash), "read only");
  const organization = key && (await withTenant({ orgId: key.organizationId, sites: [] }, (tx) => organizationName(tx, key.organizationId), "read only"));
  return key && organization ? { ...key, organization } : null;
}

async function keyByHash(tx: Tx, tokenHash: Buffer) {
  const [key] = await tx.select({ name: sdkKeys.name, organizationId: sdkKeys.organizationId }).from(sdkKeys).where(eq(sdkKeys.secretHash, tokenHash));
  return key;
}

async function organizationName(tx: Tx, organizationId: string) {
  const [found] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, organizationId));
  return found?.name;
}
