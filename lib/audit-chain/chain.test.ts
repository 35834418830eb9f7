import * as fc from "fast-check";
import { expect, test } from "vitest";
import { auditEntries } from "@/db/schema";
import { withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { readLinks } from "@/lib/audit-chain/queries";
import { encodeEntry, hashLink, rangesOf, zeroHash } from "@/lib/audit-chain/rules";
import type { ChainedEntry } from "@/lib/audit-chain/records";
import { createSite } from "@/lib/sites/commands";
import { verifyChain } from "@/lib/testing/audit-chain";
import { newSuperUser } from "@/lib/testing/fixtures";

test("AUD-10: 200 concurrent commands keep one unbroken chain", async () => {
  const actor = await newSuperUser();
  await Promise.all(Array.from({ length: 200 }, (_, index) => createSite(actor, { name: `Depot ${index}`, country: "DE", timeZone: "Europe/Berlin" })));
  const links = await withWorkerScope((tx) => readLinks(tx, actor.orgId, 0, 1_000), actor.orgId);
  expect(links.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(new Set(links.map(({ entry }) => entry?.id)).size).toBe(200);
  let previous = zeroHash;
  for (const link of links) {
    previous = hashLink(previous, link);
    expect(link.chainHash).toBe(previous);
  }
  expect((await verifyChain(actor)).end).toEqual({ seq: 200, chainHash: previous });
});

// The characters that the encoding itself uses, so that fields which run into each other are likely.
const text = fc.string({ unit: fc.constantFrom("0", "1", "2", ":", "-", "a", "é"), maxLength: 5 });
const optional = fc.option(text, { nil: null });
const anyEntry: fc.Arbitrary<ChainedEntry> = fc.record({
  at: text, id: text, actorId: text, actorKind: text, siteId: optional, siteName: optional, name: text, subjectId: optional,
  message: text, change: optional, ipAddress: optional, userAgent: optional, requestId: optional,
});

test("AUD-10: two different entries never encode the same", () => {
  fc.assert(
    fc.property(text, anyEntry, text, anyEntry, (org, entry, otherOrg, other) => {
      const same = org === otherOrg && JSON.stringify(entry) === JSON.stringify(other);
      return (encodeEntry(org, entry) === encodeEntry(otherOrg, other)) === same;
    }),
    { numRuns: 2_000 },
  );
});

test("AUD-10: moving text from one field into the next changes the encoding", () => {
  fc.assert(
    fc.property(anyEntry, text, text, (entry, start, end) => {
      const together = encodeEntry("org", { ...entry, userAgent: start + end, requestId: "" });
      const apart = encodeEntry("org", { ...entry, userAgent: start, requestId: end });
      return end === "" || together !== apart;
    }),
    { numRuns: 2_000 },
  );
});

const stored = fc.string({ unit: "binary", maxLength: 40 }).map((value) => value.replaceAll("\u0000", ""));

test("AUD-10: the database and the verifier hash every text, number and JSON value alike", async () => {
  const actor = await newSuperUser();
  const values = fc.record({ message: stored, siteName: fc.option(stored, { nil: null }), userAgent: stored, json: fc.jsonValue() });
  const entries = fc.sample(values, 100).map(({ json, ...entry }) => ({
    ...entry,
    actorId: actor.id,
    actorKind: "account" as const,
    name: "site.updated" as const,
    ipAddress: "2001:db8::7/64",
    change: { after: JSON.parse(JSON.stringify({ json }).replaceAll("\\u0000", "")) as Record<string, unknown> },
  }));
  await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.insert(auditEntries).values(entries));
  const { sentences, entries: intact } = await verifyChain(actor);
  expect(sentences.filter((sentence) => !sentence.startsWith("No checkpoint is signed."))).toEqual([]);
  expect(intact).toBe(100);
});

test("AUD-10: places are joined to ranges, whatever their order", () => {
  expect(rangesOf([7, 3, 1, 2, 8])).toEqual([[1, 3], [7, 8]]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40)), (seqs) => {
      const ranges = rangesOf(seqs);
      const all = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
      expect(all).toEqual(seqs.toSorted((one, other) => one - other));
      expect(ranges.slice(1).every(([from], index) => from > (ranges[index]?.[1] ?? 0) + 1)).toBe(true);
    }),
  );
});
