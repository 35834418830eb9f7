import { generateKeyPairSync, sign } from "node:crypto";
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { signCheckpoints } from "@/lib/audit-chain/jobs";
import { checkpointBytes } from "@/lib/audit-chain/rules";
import { asDatabaseOwner, newSignedChain, verifyChain, writeEntries } from "@/lib/testing/audit-chain";

test("AUD-10: an untouched log is intact, and its newest checkpoint covers it", async () => {
  const result = await verifyChain(await newSignedChain());
  expect(result).toMatchObject({ sentences: [], findingCount: 0, entries: 5, removed: 0, end: { seq: 5 } });
  expect(result.checkpoint).toMatchObject({ number: 1, seq: 5, key: expect.stringMatching(/^SHA256:[\w+/]{43}$/) });
});

type Tamper = (tx: TransactionSql, org: string) => Promise<unknown>;

/** Writes the whole chain anew over the entries as they are now, as its trigger would have. */
const rewriteChain: Tamper = async (tx, org) => {
  await tx`update audit_chain_links l set entry_hash = hash_audit_entry(e.organization_id, e.occurred_at, e.id, e.actor_id, e.actor_kind, e.site_id, e.site_name,
    e.name, e.subject_id, e.message, e.change, e.ip_address, e.user_agent, e.request_id) from audit_entries e where l.organization_id = ${org} and e.id = l.entry_id`;
  await tx`update audit_chains set seq = 0, chain_hash = default where organization_id = ${org}`;
  for (const { seq } of await tx`select seq from audit_chain_links where organization_id = ${org} order by seq`) {
    await tx`update audit_chain_links l set chain_hash = hash_audit_link(c.chain_hash, l.entry_hash, l.occurred_at) from audit_chains c where c.organization_id = ${org} and l.organization_id = ${org} and l.seq = ${seq}`;
    await tx`update audit_chains c set seq = l.seq, chain_hash = l.chain_hash from audit_chain_links l where c.organization_id = ${org} and l.organization_id = ${org} and l.seq = ${seq}`;
  }
};

const swapLinks: Tamper = async (tx, org) => {
  await tx`update audit_chain_links set seq = -2 where organization_id = ${org} and seq = 2`;
  await tx`update audit_chain_links set seq = 2 where organization_id = ${org} and seq = 3`;
  await tx`update audit_chain_links set seq = 3 where organization_id = ${org} and seq = -2`;
};

const cutAfterThree: Tamper = async (tx, org) => {
  await tx`delete from audit_entries where organization_id = ${org} and message in ('Four', 'Five')`;
  await tx`delete from audit_chain_links where organization_id = ${org} and seq > 3`;
};

const tampering: [string, Tamper, RegExp[]][] = [
  ["a message is changed", (tx, org) => tx`update audit_entries set message = 'Nothing' where organization_id = ${org} and message = 'Three'`, [/^Entry 3, written on \S+, was changed\. It says now: “Nothing”\.$/]],
  ["the fields of a change are changed", (tx, org) => tx`update audit_entries set change = '{"after": {"size": 2}}' where organization_id = ${org} and message = 'Two'`, [/^Entry 2, .* was changed/]],
  ["the actor is changed", (tx, org) => tx`update audit_entries set actor_id = gen_random_uuid() where organization_id = ${org} and message = 'Two'`, [/^Entry 2, .* was changed/]],
  ["the time is changed", (tx, org) => tx`update audit_entries set occurred_at = occurred_at - interval '1 day' where organization_id = ${org} and message = 'Two'`, [/^The entry “Two” of \S+ is not in the chain/, /^Entry 2, written on \S+, was deleted\.$/]],
  ["an entry is deleted", (tx, org) => tx`delete from audit_entries where organization_id = ${org} and message = 'Four'`, [/^Entry 4, written on \S+, was deleted\.$/]],
  ["several entries are deleted", (tx, org) => tx`delete from audit_entries where organization_id = ${org} and message in ('Two', 'Three', 'Five')`, [/^Entries 2 to 3, the first written on \S+, were deleted\.$/, /^Entry 5, /]],
  ["an entry is deleted and its link says so", async (tx, org) => {
    await tx`delete from audit_entries where organization_id = ${org} and message = 'Four'`;
    await tx`update audit_chain_links set entry_id = null where organization_id = ${org} and seq = 4`;
  }, [/^Entry 4, written on \S+, was deleted\.$/]],
  ["an entry is deleted and a removal is made up", async (tx, org) => {
    await tx`delete from audit_entries where organization_id = ${org} and message = 'Four'`;
    await tx`insert into audit_removals (organization_id, number, removal) values (${org}, 1, '{"at":"2026-01-01T00:00:00.000Z","reason":"account deleted","seqs":[[4,4]]}')`;
  }, [/^Entry 4, written on \S+, was deleted\.$/]],
  ["an entry is deleted and its link made so old that retention could have taken it", async (tx, org) => {
    await tx`delete from audit_entries where organization_id = ${org} and message = 'Four'`;
    await tx`update audit_chain_links set occurred_at = now() - interval '3 years' where organization_id = ${org} and seq = 4`;
  }, [/^Link 4 of the chain/, /^Entry 4, written on \S+, was deleted\.$/]],
  ["an entry is deleted with its link", async (tx, org) => {
    await tx`delete from audit_entries where organization_id = ${org} and message = 'Two'`;
    await tx`delete from audit_chain_links where organization_id = ${org} and seq = 2`;
  }, [/^The links of entry 2 are missing from the chain\.$/]],
  ["an entry is changed together with its link", async (tx, org) => {
    await tx`update audit_entries set message = 'Nothing' where organization_id = ${org} and message = 'Three'`;
    await tx`update audit_chain_links l set entry_hash = hash_audit_entry(e.organization_id, e.occurred_at, e.id, e.actor_id, e.actor_kind, e.site_id, e.site_name,
      e.name, e.subject_id, e.message, e.change, e.ip_address, e.user_agent, e.request_id) from audit_entries e where l.organization_id = ${org} and e.id = l.entry_id`;
  }, [/^Link 3 of the chain, .* does not continue from link 2/]],
  ["the order is changed", swapLinks, [/^Link 2 of the chain/, /^Link 3 of the chain/, /^Link 4 of the chain/]],
  ["an entry is changed and the chain rewritten", async (tx, org) => {
    await tx`update audit_entries set message = 'Nothing' where organization_id = ${org} and message = 'Three'`;
    await rewriteChain(tx, org);
  }, [/^The chain is not the one that checkpoint 1 of \S+ signed: something in entries 1 to 5 was rewritten\.$/]],
  ["the newest entries are deleted", cutAfterThree, [/^The chain ends at entry 3, but checkpoint 1 of \S+ signed it up to entry 5/]],
  ["the newest entries are deleted with the end of the chain", async (tx, org) => {
    await cutAfterThree(tx, org);
    await rewriteChain(tx, org);
  }, [/^The chain ends at entry 3, but checkpoint 1 of \S+ signed it up to entry 5/]],
  ["an entry is added without the chain", async (tx, org) => {
    await tx`alter table audit_entries disable trigger audit_entries_chain`;
    await tx`insert into audit_entries (organization_id, id, actor_id, actor_kind, name, message) values (${org}, gen_random_uuid(), gen_random_uuid(), 'account', 'site.updated', 'Forged')`;
    await tx`alter table audit_entries enable trigger audit_entries_chain`;
  }, [/^The entry “Forged” of \S+ is not in the chain/]],
  ["an entry of last week is added", (tx, org) => tx`
    insert into audit_entries (organization_id, occurred_at, id, actor_id, actor_kind, name, message)
    values (${org}, now() - interval '7 days', gen_random_uuid(), gen_random_uuid(), 'account', 'site.updated', 'Forged')`, [/^Entry 6, “Forged”, says \S+, but was added after checkpoint 1 of \S+\.$/]],
  ["a checkpoint is changed", (tx, org) => tx`update audit_checkpoints set statement = replace(statement, '"seq":5', '"seq":4') where organization_id = ${org}`, [/^The signature of checkpoint 1 of \S+ is not valid/, /^No checkpoint is signed with a key that is trusted here\.$/]],
  ["the checkpoints are deleted", (tx, org) => tx`delete from audit_checkpoints where organization_id = ${org}`, [/^No checkpoint is signed\./]],
];

describe("AUD-10: what the owner of the database does to the log is found and named", () => {
  test.each(tampering)("%s", async (_, tamper, expected) => {
    const actor = await newSignedChain();
    await asDatabaseOwner((tx) => tamper(tx, actor.orgId));
    const { sentences, findingCount } = await verifyChain(actor);
    expect(sentences).toEqual(expected.map((text) => expect.stringMatching(text)));
    expect(findingCount).toBe(expected.length);
  });

  test("the chain is rewritten and signed with another key", async () => {
    const actor = await newSignedChain();
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    await asDatabaseOwner(async (tx) => {
      await tx`update audit_entries set message = 'Nothing' where organization_id = ${actor.orgId} and message = 'Three'`;
      await rewriteChain(tx, actor.orgId);
      const [end] = await tx`select encode(chain_hash, 'hex') as hash from audit_chains where organization_id = ${actor.orgId}`;
      const [{ statement } = { statement: "" }] = await tx<{ statement: string }[]>`select statement from audit_checkpoints where organization_id = ${actor.orgId}`;
      const forged = JSON.stringify({ ...JSON.parse(statement), chainHash: end?.hash });
      const signature = sign(null, checkpointBytes(forged), privateKey).toString("base64");
      const key = publicKey.export({ format: "der", type: "spki" }).toString("base64");
      await tx`update audit_checkpoints set statement = ${forged}, signature = ${signature}, public_key = ${key} where organization_id = ${actor.orgId}`;
    });
    expect((await verifyChain(actor)).sentences).toEqual(["No checkpoint is signed with a key that is trusted here."]);
  });

  test("evidence of a rewritten chain stays when newer checkpoints are signed over it, and says since when it is signed anew", async () => {
    const actor = await newSignedChain();
    await asDatabaseOwner(async (tx) => {
      await tx`update audit_entries set message = 'Nothing' where organization_id = ${actor.orgId} and message = 'Three'`;
      await rewriteChain(tx, actor.orgId);
    });
    await writeEntries(actor, [{ message: "Six" }]);
    await signCheckpoints.perform({});
    const result = await verifyChain(actor);
    expect(result.checkpoint).toMatchObject({ number: 2, seq: 6 });
    expect(result.sentences).toEqual([expect.stringMatching(/^The chain is not the one that checkpoint 1/)]);
  });
});
