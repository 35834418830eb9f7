import { describe, expect, test } from "vitest";
import { fileColumns } from "@/components/table/columns";
import type { EntryDetails } from "@/lib/audit/queries";
import { csvFile, mapped, ndjsonFile } from "@/lib/web/file-response";
import { entryColumns } from "./columns";
import { toEntryFileRow, toEntryJson } from "./entry-row";

const entry: EntryDetails = {
  cursor: "1764000000000000_01900000-0000-7000-8000-000000000001",
  at: new Date("2025-11-24T16:00:00Z"),
  actorId: "01900000-0000-7000-8000-000000000002",
  siteId: null,
  siteName: null,
  message: "Update 0",
  detailed: true,
  admin: "=Ada",
  email: "ada@example.test",
  actorKind: "account",
  name: "site.updated",
  change: { before: { name: "a" }, after: { name: "b" } },
  ipAddress: "192.0.2.7",
  userAgent: null,
  requestId: null,
};

async function* entries() {
  yield [entry];
}

const csv = (params = {}) => csvFile("log", fileColumns(entryColumns(() => ""), params), mapped(entries(), toEntryFileRow)).text();

describe("AUD-10: the downloads of the audit log", () => {
  test("CSV escapes formulas and contains the details", async () => {
    const [heading, line, ...rest] = (await csv()).split("\r\n");
    expect(heading).toBe("Timestamp,Admin,Email,Site,Message,Event,Actor type,Before,After,IP address,Browser,Request ID");
    expect(line).toBe(
      `2025-11-24T16:00:00.000Z,'=Ada,ada@example.test,,Update 0,site.updated,account,"{""name"":""a""}","{""name"":""b""}",192.0.2.7,,`,
    );
    expect(rest).toEqual([""]);
  });

  test("X-8: CSV has the columns that the page shows", async () => {
    expect((await csv({ columns: ["at", "message"] })).split("\r\n").slice(0, 2)).toEqual(["Timestamp,Message", "2025-11-24T16:00:00.000Z,Update 0"]);
    expect((await csv({ columns: ["at", "email"] })).split("\r\n")[0]).toBe("Timestamp,Email");
  });

  test("NDJSON has one object per line", async () => {
    const [line = "", ...rest] = (await ndjsonFile("log", mapped(entries(), toEntryJson)).text()).split("\n");
    expect(JSON.parse(line)).toMatchObject({ id: "01900000-0000-7000-8000-000000000001", timestamp: "2025-11-24T16:00:00.000Z", admin: "=Ada" });
    expect(rest).toEqual([""]);
  });

  test("X-8: reads only on demand, and stops when the reader cancels", async () => {
    const read: number[] = [];
    async function* endless() {
      for (let batch = 0; ; batch += 1) {
        read.push(batch);
        yield [{ batch }];
      }
    }
    const reader = ndjsonFile("log", endless()).body?.getReader();
    expect(read).toEqual([]);
    await reader?.read();
    await reader?.read();
    await reader?.cancel();
    expect(read).toEqual([0, 1]);
  });
});
