import { afterAll, expect, test } from "vitest";
import { updateSite } from "@/lib/sites/commands";
import { siteById } from "@/lib/sites/queries";
import { withTenant } from "@/db/tenant-transaction";
import { connectAsOwner, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { median } from "./stats.ts";

const rounds = 30;
const commandsPerRound = 10;
const maxRatio = 1.15;

const owner = connectAsOwner();
const rows: Record<string, Record<string, string>> = {};
afterAll(async () => {
  await owner.end();
  console.table(rows);
});

/** Turns the chain off, to measure the same commands as they were before it. */
const setChain = (on: boolean) => owner.unsafe(`alter table audit_entries ${on ? "enable" : "disable"} trigger audit_entries_chain`);

/** People who rename sites at the same time, each one site of their own, in one organization. */
async function openWriters(count: number) {
  const { org, ...actor } = await newSuperUser();
  const sites = await Promise.all(Array.from({ length: count }, () => newSite(org)));
  return Promise.all(
    sites.map(async ({ id: siteId }) => {
      let { version } = await withTenant({ orgId: org.id, sites: "all" }, (tx) => siteById(tx, siteId));
      return async (name: string) => {
        await updateSite(actor, { siteId, version, name: `${siteId} ${name}`, country: "DE", timeZone: "Europe/Berlin" });
        version += 1;
      };
    }),
  );
}

async function measureRound(writers: Awaited<ReturnType<typeof openWriters>>, round: number): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(
    writers.map(async (rename) => {
      for (let command = 0; command < commandsPerRound; command += 1) await rename(`${round}-${command}`);
    }),
  );
  return (performance.now() - startedAt) / commandsPerRound / writers.length;
}

test.each([1, 16])("appending an entry by %i at a time costs at most 1.15 of what it did without the chain", async (count) => {
  const writers = await openWriters(count);
  const times = { before: [] as number[], after: [] as number[] };
  for (let round = -4; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? (["before", "after"] as const) : (["after", "before"] as const)) {
      await setChain(side === "after");
      const time = await measureRound(writers, round * 2 + (side === "after" ? 1 : 0));
      if (round >= 0) times[side].push(time);
    }
  }
  const [before, after] = [median(times.before), median(times.after)];
  const ratio = median(times.after.map((time, round) => time / (times.before[round] ?? time)));
  rows[`${count} at a time`] = { before: `${before.toFixed(3)} ms`, after: `${after.toFixed(3)} ms`, ratio: ratio.toFixed(3) };
  expect(ratio).toBeLessThanOrEqual(maxRatio);
});
