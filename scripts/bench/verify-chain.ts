import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { exportForVerification } from "@/lib/audit-chain/commands";
import { backfillChain } from "@/lib/audit-chain/internal";
import { signCheckpoints, verifyStoredChain } from "@/lib/audit-chain/jobs";
import { asDatabaseOwner } from "@/lib/testing/audit-chain";
import { newSuperUser } from "@/lib/testing/fixtures";

const entryCount = Number(process.env.ENTRIES ?? 1_000_000);
const rows: Record<string, Record<string, string>> = {};

/** Runs a step, and notes how long it took and the largest memory of this process while it ran. */
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const result = await work();
  clearInterval(timer);
  const seconds = (performance.now() - startedAt) / 1_000;
  rows[name] = { seconds: seconds.toFixed(1), "entries/s": Math.round(entryCount / seconds).toLocaleString("en"), "largest memory": `${Math.round(peak / 1e6)} MB` };
  return result;
}

/** Entries as they were before the chain, like those of the pages that are measured. */
const insertEntries = (org: string, actor: string) =>
  asDatabaseOwner(async (tx) => {
    await tx`alter table audit_entries disable trigger user`;
    await tx`insert into audit_entries (organization_id, occurred_at, id, actor_id, actor_kind, name, message, change, ip_address, user_agent, request_id)
      select ${org}, at, uuidv7(at - now()), ${actor}, 'account', 'site.updated', 'Updated site Store ' || n,
        case when n % 3 = 0 then '{"before": {"name": "Old"}, "after": {"name": "New"}}'::jsonb end, '192.0.2.7', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/151.0', gen_random_uuid()::text
      from (select n, now() - n * interval '30 seconds' as at from generate_series(1, ${entryCount}::int) n) e`;
    await tx`alter table audit_entries enable trigger user`;
  });

async function writeExport(actor: Awaited<ReturnType<typeof newSuperUser>>, file: string) {
  const output = createWriteStream(file);
  for await (const batch of await exportForVerification(actor, {})) {
    if (!output.write(batch.map((line) => `${JSON.stringify(line)}\n`).join(""))) await once(output, "drain");
  }
  output.end();
  await once(output, "finish");
}

function runCommand(file: string) {
  const startedAt = performance.now();
  const report = "process.on('exit', () => console.error(process.resourceUsage().maxRSS))";
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${report}`, "scripts/verify-audit/main.ts", file], { encoding: "utf8" });
  const seconds = (performance.now() - startedAt) / 1_000;
  rows["the command"] = { seconds: seconds.toFixed(1), "entries/s": Math.round(entryCount / seconds).toLocaleString("en"), "largest memory": `${Math.round(Number(stderr) / 1e3)} MB` };
  return { status, stdout };
}

test("a chain of many entries is made, verified, exported, and verified from the file", async () => {
  const actor = await newSuperUser();
  const folder = mkdtempSync(path.join(tmpdir(), "verify-chain-"));
  try {
    await insertEntries(actor.orgId, actor.id);
    await timed("bringing older entries into the chain", () => backfillChain(actor.orgId));
    await signCheckpoints.perform({});
    const result = await timed("verifying what is stored", () => verifyStoredChain(actor.orgId));
    expect(result).toMatchObject({ findingCount: 0, entries: entryCount });
    const file = path.join(folder, "log.ndjson");
    await timed("exporting", () => writeExport(actor, file));
    const { status, stdout } = runCommand(file);
    expect([status, stdout]).toEqual([0, expect.stringContaining("The audit log is as it was written.")]);
    console.log(`${entryCount} entries, ${Math.round(statSync(file).size / 1e6)} MB exported`);
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
