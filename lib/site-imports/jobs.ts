import "server-only";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { type Job, job } from "@/lib/kernel/job";
import { rowId } from "@/lib/shared/text-schemas";
import { importChunk } from "@/lib/site-imports/internal";

/** Imports the sites of a list in transactions of a few rows; after an interruption it goes on with the first row that is not done. */
export const runSiteImport = job({
  name: "site_import.run",
  input: z.object({ orgId: rowId(), id: rowId() }),
  async run({ orgId, id }) {
    while (await withWorkerScope((tx) => importChunk(tx, orgId, id), orgId));
  },
});

export const jobs: readonly Job[] = [runSiteImport];
