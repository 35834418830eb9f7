import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportForVerification } from "@/lib/audit-chain/commands";
import { signCheckpoints } from "@/lib/audit-chain/jobs";
import { fingerprint } from "@/lib/audit-chain/rules";
import { checkpointKeys } from "@/lib/audit-chain/queries";
import { ndjsonFile } from "@/lib/web/file-response";
import { asDatabaseOwner, newSignedChain, writeEntries } from "@/lib/testing/audit-chain";
import { report, verifyLines } from "./verify-file.ts";

type Actor = Awaited<ReturnType<typeof newSignedChain>>;

const download = async (actor: Actor) => (await ndjsonFile("log", await exportForVerification(actor, {})).text()).trimEnd().split("\n");
const outcome = async (lines: readonly string[], keys?: readonly string[]) => {
  try {
    const verified = await verifyLines(lines, keys);
    return verified.result.findingCount === 0 ? "intact" : report(verified, false);
  } catch (error) {
    return (error as Error).message;
  }
};

let lines: string[] = [];
let actor: Actor;
const folder = mkdtempSync(path.join(tmpdir(), "verify-audit-"));
beforeAll(async () => {
  actor = await newSignedChain();
  await writeEntries(actor, [{ message: "Line\u2028separator \u201cquoted\u201d" }]);
  await signCheckpoints.perform({});
  lines = await download(actor);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Changes a line of a type, found by its place among those. */
const changed = (type: string, index: number, change: (line: Record<string, unknown>) => unknown) => {
  const places = lines.flatMap((line, place) => (line.startsWith(`{"type":"${type}"`) ? [place] : []));
  return lines.map((line, place) => (place === places[index] ? JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)) : line));
};
const without = (type: string, index: number) => changed(type, index, () => null).filter((line) => line !== "null");
const placeOf = (seq: number) => lines.findIndex((line) => line.includes(`"seq":${seq},"at"`));

describe("AUD-10: the exported log is verified from the file alone", () => {
  test("an export is intact, and the report names the entries, the checkpoint and the key", async () => {
    const key = fingerprint(checkpointKeys()[0]?.publicKey ?? "");
    const verified = await verifyLines(lines, [key]);
    expect(verified.result).toMatchObject({ findingCount: 0, entries: 7, checkpoint: { number: 2, seq: 6, key } });
    expect(report(verified, true)).toMatch(/Entries {7}7 unchanged.*\n.*\nCheckpoint {4}2, signed .* covers the entries up to 6; the 1 after it are not signed yet\n[^]*The audit log is as it was written\.$/);
  });

  test("a changed entry is named", async () => {
    const line = changed("link", 2, (link) => ({ ...link, entry: { ...(link.entry as object), message: "Nothing" } }));
    expect(await outcome(line)).toContain("- Entry 3, written on");
  });

  test("a deleted line is named", async () => {
    expect(await outcome(without("link", 3))).toContain("- The links of entry 4 are missing from the chain.");
  });

  test("an entry without its text is named", async () => {
    expect(await outcome(changed("link", 3, (link) => ({ ...link, entry: null })))).toMatch(/- Entry 4, written on .*, was deleted\./);
  });

  test("lines in another order are named", async () => {
    const [second, third] = [placeOf(2), placeOf(3)];
    const swapped = lines.map((line, place) => (place === second ? lines[third] : place === third ? lines[second] : line) ?? "");
    expect(await outcome(swapped)).toContain("- Link 2 stands after link 3");
  });

  test("cutting off the end is found", async () => {
    expect(await outcome(lines.slice(0, -3))).toContain("- The chain ends at entry 4, but checkpoint 2");
  });

  test("a rewritten chain and a changed checkpoint are found", async () => {
    expect(await outcome(changed("checkpoint", 1, (line) => ({ ...line, statement: String(line.statement).replace('"seq":6', '"seq":5') })))).toContain("The signature of checkpoint 2");
    expect(await outcome(lines, ["SHA256:another"])).toContain("No checkpoint is signed with a key that is trusted here.");
  });

  test("every change of a single character is found, except in the key of a checkpoint, which then counts as little as a deleted one", async () => {
    const key = fingerprint(checkpointKeys()[0]?.publicKey ?? "");
    const unnoticed: string[] = [];
    for (const [place, line] of lines.entries()) {
      const keyAt = line.indexOf('"publicKey"');
      for (let at = place === 0 ? line.length : 0; at < line.length; at += 7) {
        const isKey = keyAt >= 0 && at > keyAt && at < line.indexOf('"signature"');
        const damaged = line.slice(0, at) + (line[at] === "7" ? "8" : "7") + line.slice(at + 1);
        if (!isKey && (await outcome(lines.with(place, damaged), [key])) === "intact") unnoticed.push(damaged);
      }
    }
    expect(unnoticed).toEqual([]);
  });

  test("an entry that the owner of the database added, changed or deleted is named in the next export", async () => {
    const other = await newSignedChain();
    await asDatabaseOwner(async (tx) => {
      await tx`update audit_entries set user_agent = 'Another' where organization_id = ${other.orgId} and message = 'Two'`;
      await tx`delete from audit_entries where organization_id = ${other.orgId} and message = 'Four'`;
      await tx`alter table audit_entries disable trigger audit_entries_chain`;
      await tx`insert into audit_entries (organization_id, id, actor_id, actor_kind, name, message) values (${other.orgId}, gen_random_uuid(), gen_random_uuid(), 'account', 'site.updated', 'Forged')`;
      await tx`alter table audit_entries enable trigger audit_entries_chain`;
    });
    const text = await outcome(await download(other));
    for (const part of ["Entry 2, written on", "Entry 4, written on", "The entry “Forged” of"]) expect(text).toContain(part);
  });

  test.each([["nothing", []], ["another file", ['{"a":1}']], ["text", ["Timestamp,Admin"]], ["half a line", ['{"type":"header"']]])("%s is refused in words", async (_, text) => {
    expect(await outcome(text)).toMatch(/^(The file is empty|Line 1 is not part of an exported audit log)/);
  });
});

const run = (content: string, ...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const file = path.join(folder, `log-${args.length}.ndjson`);
    writeFileSync(file, content);
    const environment = { PATH: process.env.PATH, NODE_ENV: "test" as const };
    execFile(process.execPath, ["scripts/verify-audit/main.ts", file, ...args], { env: environment }, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }));
  });

test("AUD-10: the command ends with 0 for an intact log and with 1 for another, without settings", async () => {
  const key = fingerprint(checkpointKeys()[0]?.publicKey ?? "");
  const text = `${lines.join("\n")}\n`;
  expect(await run(text, "--key", key)).toMatchObject({ code: 0, output: expect.stringContaining("The audit log is as it was written.") });
  expect(await run(text)).toMatchObject({ code: 0, output: expect.stringContaining("Compare it with the fingerprint") });
  expect(await run(text.replace("Three", "Threee"), "--key", key)).toMatchObject({ code: 1, output: expect.stringContaining("Entry 3, written on") });
  expect(await run(text, "--key", "SHA256:another")).toMatchObject({ code: 1 });
});
