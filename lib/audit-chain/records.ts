import * as z from "zod/mini";

const hashText = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const place = z.int().check(z.gte(0));
const optionalText = z.nullable(z.string());

/** A moment in UTC with microseconds; the only way to write it. */
const Moment = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/));

/** An entry as it is hashed: every stored field as text, `change` as the database writes it. */
export const ChainedEntry = z.strictObject({
  at: Moment,
  id: z.string(),
  actorId: z.string(),
  actorKind: z.string(),
  siteId: optionalText,
  siteName: optionalText,
  name: z.string(),
  subjectId: optionalText,
  message: z.string(),
  change: optionalText,
  ipAddress: optionalText,
  userAgent: optionalText,
  requestId: optionalText,
});
export type ChainedEntry = z.output<typeof ChainedEntry>;

/** A link of the chain with its entry, or without one that has been removed. */
export const ChainLink = z.strictObject({ seq: place, at: Moment, entryHash: hashText, chainHash: hashText, entry: z.nullable(ChainedEntry) });
export type ChainLink = z.output<typeof ChainLink>;

export const SignedCheckpoint = z.strictObject({ statement: z.string(), publicKey: z.string(), signature: z.string() });
export type SignedCheckpoint = z.output<typeof SignedCheckpoint>;

const Position = z.strictObject({ seq: place, chainHash: hashText });
/** The last link of a chain. */
export type Position = z.output<typeof Position>;

/** What a checkpoint signs. Each one is complete: the earlier ones are only further evidence. */
export const Statement = z.strictObject({
  version: z.literal(1),
  organization: z.string(),
  number: place,
  at: z.iso.datetime(),
  /** When the first checkpoint was signed. */
  since: z.iso.datetime(),
  ...Position.shape,
  /** The links up to here may be gone. */
  anchor: Position,
  /** Retention has removed the entries from before this moment. */
  before: z.nullable(z.iso.datetime()),
  removals: z.strictObject({ count: place, hash: hashText }),
});
export type Statement = z.output<typeof Statement>;

export const Removal = z.strictObject({ at: z.iso.datetime(), reason: z.literal("account deleted"), seqs: z.array(z.tuple([place, place])) });
export type Removal = z.output<typeof Removal>;

/** What is known about a chain besides its links. Checkpoints are read before the removals. */
export type Evidence = { checkpoints: readonly SignedCheckpoint[]; removals: readonly string[] };

type FindingKind = "changed" | "deleted" | "link" | "missing" | "order" | "unchained" | "backdated" | "rewritten" | "cut" | "end" | "signature" | "key" | "removals" | "unsigned" | "more";

/** Something that is wrong: with the places in the chain, and the moment and message of the entry where they are known. */
export type Finding = { kind: FindingKind; from?: number; to?: number; at?: string; message?: string; count?: number; checkpoint?: { number: number; at: string } };

export type VerificationResult = {
  /** Entries that are as they were written. */
  entries: number;
  /** Entries that were removed by retention or with a deleted account. */
  removed: number;
  /** The moment of the earliest of the entries in the chain. */
  from: string | null;
  end: Position;
  checkpoint: (Pick<Statement, "number" | "at" | "since" | "seq"> & { key: string }) | null;
  findings: Finding[];
  findingCount: number;
};

/** A line of the file that is exported for verification. */
export const ExportLine = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), format: z.literal("signalbox audit log"), version: z.literal(1), organization: z.string(), name: z.string(), exportedAt: z.string(), end: Position }),
  z.strictObject({ type: z.literal("checkpoint"), ...SignedCheckpoint.shape }),
  z.strictObject({ type: z.literal("removal"), removal: z.string() }),
  z.strictObject({ type: z.literal("link"), ...ChainLink.shape }),
  z.strictObject({ type: z.literal("unchained"), entry: ChainedEntry }),
]);
export type ExportLine = z.output<typeof ExportLine>;

const entryCursor = z.strictObject({ at: z.string(), id: z.string() });

/** Where the export goes on: with links, then with entries outside the chain, then with what was signed meanwhile. */
export const ExportCursor = z.discriminatedUnion("part", [
  z.strictObject({ part: z.literal("links"), after: place, upTo: place, known: z.strictObject({ checkpoint: place, removal: place }) }),
  z.strictObject({ part: z.literal("entries"), after: entryCursor, known: z.strictObject({ checkpoint: place, removal: place }) }),
  z.strictObject({ part: z.literal("evidence"), known: z.strictObject({ checkpoint: place, removal: place }) }),
]);
export type ExportCursor = z.output<typeof ExportCursor>;
