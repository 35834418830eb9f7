import "server-only";
import { eq, inArray } from "drizzle-orm";
import { auditActors, organizationSecrets, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { query } from "@/lib/kernel/query";
import { settingsOf } from "@/lib/settings/internal";
import { GetSettings } from "@/lib/settings/schema";
import { defaultSessionPolicy } from "@/lib/sessions/queries";

/** Since when a secret is set, and the name of who set it where it is known. */
export type SecretState = { name: string; setAt: Date; setBy: string | null };

/** The settings of the organization, which secrets are set, without their values, and the defaults of this installation by path. */
export const getSettings = query({
  permission: "settings.read",
  input: GetSettings,
  run: async ({ tx, actor }) => ({ ...(await settingsOf(tx, actor.orgId)), secrets: await secretStatesOf(tx), defaults: installationDefaults() }),
});

function installationDefaults(): Readonly<Record<string, number>> {
  const { sessionMinutes, idleMinutes } = defaultSessionPolicy();
  return { session_expiry: sessionMinutes, ui_idle_timeout: idleMinutes };
}

/** Which secrets are set, since when and by whom. */
export const secretStatesOf = (tx: Tx): Promise<SecretState[]> =>
  tx
    .select({ name: organizationSecrets.name, setAt: organizationSecrets.setAt, setBy: auditActors.name })
    .from(organizationSecrets)
    .leftJoin(auditActors, eq(auditActors.actorId, organizationSecrets.setById));

/** Those of the given ids that are sites of the organization. */
export async function existingSites(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.select({ id: sites.id }).from(sites).where(inArray(sites.id, [...ids]));
  return rows.map(({ id }) => id);
}
