import "server-only";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { maintainAuthority, orgsWithDueAuthority } from "@/lib/certificates/internal";
import { renewalDays } from "@/lib/certificates/rules";
import { type Job, job } from "@/lib/kernel/job";

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
const batchSize = 200;

/** Maintains the CA of every organization whose CA lacks something; one that fails does not block the others. */
export async function maintainAllAuthorities(): Promise<void> {
  const errors: unknown[] = [];
  for (let after: string | undefined = NIL_UUID; after !== undefined; ) {
    const last: string = after;
    const ids = await withWorkerScope((tx) => orgsWithDueAuthority(tx, last, batchSize, renewalDays));
    for (const id of ids) await maintainAuthority(id).catch((error: unknown) => errors.push(error));
    after = ids.length === batchSize ? ids.at(-1) : undefined;
  }
  if (errors.length > 0) throw new Error(`The certificates of ${errors.length} organizations could not be made`, { cause: errors[0] });
}

/** Makes the certificate of one organization after it was created, or what is due in all of them. */
const issue = job({
  name: "certificate.issue",
  cron: "*/10 * * * *",
  input: z.object({ orgId: z.optional(z.guid()) }),
  run: ({ orgId }) => (orgId ? maintainAuthority(orgId) : maintainAllAuthorities()),
});

export const jobs: readonly Job[] = [issue];
