import "server-only";
import { eq } from "drizzle-orm";
import { wlans, wlanTemplates } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { query } from "@/lib/kernel/query";
import { notFoundError } from "@/lib/shared/app-error";
import { readWlans, secretStatesOf, type StoredWlan } from "@/lib/wlans/internal";
import type { Wlan } from "@/lib/wlans/rules";
import { GetWlan } from "@/lib/wlans/schema";

/** One WLAN with its secrets, and the version of its template; throws `not_found` when it is not visible. */
export async function wlanById(tx: Tx, wlanId: string): Promise<Wlan & { stored: StoredWlan }> {
  const [found] = await tx
    .select({ templateId: wlanTemplates.id, template: wlanTemplates.name, version: wlanTemplates.version })
    .from(wlans)
    .innerJoin(wlanTemplates, eq(wlanTemplates.id, wlans.templateId))
    .where(eq(wlans.id, wlanId));
  const stored = found && (await readWlans(tx, [found.templateId])).find(({ id }) => id === wlanId);
  if (!found || !stored) throw notFoundError("WLAN");
  return { ...found, id: wlanId, document: stored.document, stored };
}

/** One WLAN with its template, and which secrets are set, without their values. */
export const getWlan = query({
  permission: "template.read",
  input: GetWlan,
  async run({ tx }, { wlanId }) {
    const { stored, ...wlan } = await wlanById(tx, wlanId);
    return { ...wlan, secrets: secretStatesOf(stored.secrets) };
  },
});
