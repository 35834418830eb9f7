import { createHash, createPublicKey, verify } from "node:crypto";
import * as z from "zod/mini";
// Relative, because the command that verifies a file runs this without a bundler.
import { type ChainedEntry, type ChainLink, type Evidence, type Finding, type Position, Removal, type SignedCheckpoint, Statement, type VerificationResult } from "./records.ts";

const sha256 = (...parts: readonly (Buffer | string)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};
const bytes = (hex: string) => Buffer.from(hex, "hex");

/** The hash before the first link, and before the first removal. */
export const zeroHash = "0".repeat(64);
export const chainStart: Position = { seq: 0, chainHash: zeroHash };

// Each field carries its length, so that no text can pass for the end of one field and the begin of the next.
const field = (value: string | null) => (value === null ? "-" : `${Buffer.byteLength(value)}:${value}`);

/** The text that is hashed for an entry; different entries never have the same. */
export function encodeEntry(organization: string, { at, id, actorId, actorKind, siteId, siteName, name, subjectId, message, change, ipAddress, userAgent, requestId }: ChainedEntry): string {
  return [organization, at, id, actorId, actorKind, siteId, siteName, name, subjectId, message, change, ipAddress, userAgent, requestId].map(field).join("");
}

export const hashEntry = (organization: string, entry: ChainedEntry): string => sha256(encodeEntry(organization, entry));

/** The hash of a link: over that of the one before, of its entry, and the moment of the entry, which outlives it. */
export const hashLink = (previous: string, { at, entryHash }: Pick<ChainLink, "at" | "entryHash">): string => sha256(bytes(previous), bytes(entryHash), at);

/** The hash of a list of removals with one more at its end. */
export const hashRemoval = (previous: string, removal: string): string => sha256(bytes(previous), removal);

/** Consecutive numbers as ranges. */
export function rangesOf(seqs: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const seq of seqs.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && seq <= last[1] + 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

/** What is signed for a checkpoint; no other text that this key signs begins like it. */
export const checkpointBytes = (statement: string) => Buffer.from(`signalbox audit checkpoint\n${statement}`, "utf8");

/** The fingerprint of a public key (SPKI, base64), as `ssh-keygen` writes one. */
export const fingerprint = (publicKey: string): string => `SHA256:${createHash("sha256").update(publicKey, "base64").digest("base64").replaceAll("=", "")}`;

/** Whether the signature of a checkpoint belongs to its text and its key. */
export function isSigned({ statement, publicKey, signature }: SignedCheckpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" && verify(null, checkpointBytes(statement), key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

/** The content of a text in JSON, or null when it is something else. */
export function readJson<S extends z.ZodMiniType>(schema: S, text: string): z.output<S> | null {
  try {
    return z.parse(schema, JSON.parse(text));
  } catch {
    return null;
  }
}

/** The text of a checkpoint that is signed by one of the keys (fingerprints), or null. */
export function readCheckpoint(checkpoint: SignedCheckpoint, trusted: ReadonlySet<string>): Statement | null {
  const { statement, publicKey } = checkpoint;
  return trusted.has(fingerprint(publicKey)) && isSigned(checkpoint) ? readJson(Statement, statement) : null;
}

/** The newest of the checkpoints of an organization that are signed by one of the keys. */
export function latestStatement(organization: string, trusted: ReadonlySet<string>, checkpoints: readonly SignedCheckpoint[]): Statement | undefined {
  const statements = checkpoints.flatMap((checkpoint) => readCheckpoint(checkpoint, trusted) ?? []);
  return statements.filter((statement) => statement.organization === organization).toSorted((one, other) => one.number - other.number).at(-1);
}

const readRemoval = (text: string): Removal | null => readJson(Removal, text);

const maxFindings = 50;
const maxPending = 10_000;
/** How long a transaction may take at most, and how far clocks may differ. */
const toleranceMs = 3_600_000;

type Ranges = readonly (readonly [number, number])[];

function isWithin(ranges: Ranges, seq: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle] ?? [0, 0];
    if (seq >= from && seq <= to) return true;
    if (seq < from) high = middle;
    else low = middle + 1;
  }
  return false;
}

type Known = { statements: Statement[]; latest?: Statement; key?: string; removed: Ranges; findings: Finding[] };

function readEvidence(organization: string, trusted: ReadonlySet<string>, { checkpoints, removals }: Evidence): Known {
  const findings: Finding[] = [];
  const statements: Statement[] = [];
  let [latest, key]: [Statement?, string?] = [];
  for (const checkpoint of checkpoints) {
    const statement = readCheckpoint(checkpoint, trusted);
    if (statement?.organization === organization) {
      statements.push(statement);
      if (statement.number >= (latest?.number ?? 0)) [latest, key] = [statement, fingerprint(checkpoint.publicKey)];
    } else if (trusted.has(fingerprint(checkpoint.publicKey))) {
      const { number = 0, at = "" } = readJson(Statement, checkpoint.statement) ?? {};
      findings.push({ kind: "signature", checkpoint: { number, at } });
    }
  }
  if (checkpoints.length > 0 && !latest) findings.push({ kind: "key" });
  statements.sort((one, other) => one.seq - other.seq);
  return { statements, latest, key, ...signedRemovals(latest, removals, findings), findings };
}

function signedRemovals(latest: Statement | undefined, removals: readonly string[], findings: Finding[]): { removed: Ranges } {
  const { count = 0, hash = zeroHash } = latest?.removals ?? {};
  const signed = removals.slice(0, count);
  const read = signed.map(readRemoval);
  if (signed.length < count || signed.reduce(hashRemoval, zeroHash) !== hash || read.includes(null)) {
    findings.push({ kind: "removals" });
    return { removed: [] };
  }
  const ranges = read.flatMap((removal) => removal?.seqs ?? []);
  return { removed: ranges.toSorted(([one], [other]) => one - other) };
}

type Report = (finding: Finding) => void;

/** Collects findings; keeps the first ones and counts all. */
function collectFindings() {
  const collected: { findings: Finding[]; findingCount: number } = { findings: [], findingCount: 0 };
  const report: Report = (finding) => {
    collected.findingCount += 1;
    if (collected.findings.length < maxFindings) collected.findings.push(finding);
  };
  return { collected, report };
}

/** Compares each checkpoint with the chain at its place; a chain that was rewritten contradicts all that follow, so the first is named. */
function compareCheckpoints(statements: readonly Statement[], anchor: Position, report: Report) {
  let [next, isRewritten] = [0, false];
  let last: Statement | undefined;
  const compare = ({ seq, chainHash }: Position) => {
    for (let statement = statements[next]; statement && statement.seq <= seq; statement = statements[(next += 1)]) {
      const { number, at } = statement;
      if (statement.seq !== seq || statement.chainHash === chainHash) last = statement;
      else if (!isRewritten) {
        report({ kind: "rewritten", from: (last?.seq ?? anchor.seq) + 1, to: seq, checkpoint: { number, at } });
        isRewritten = true;
      }
    }
  };
  return { compare, last: () => last };
}

type Place = Pick<ChainLink, "seq" | "at">;

const isRemoved = ({ latest, removed }: Known, { seq, at }: Place): boolean =>
  Boolean(latest?.before && Date.parse(at) < Date.parse(latest.before)) || isWithin(removed, seq);

/** Judges links without an entry: removed as signed, removed while the verification runs, or deleted by somebody. */
function judgeMissing(known: Known, report: Report) {
  const pending = new Map<number, string>();
  let [removed, overflow] = [0, 0];
  const miss = (place: Place) => {
    if (isRemoved(known, place)) removed += 1;
    else if (pending.size < maxPending) pending.set(place.seq, place.at);
    else overflow += 1;
  };
  const settle = (later: Known) => {
    for (const [seq, at] of pending) {
      if (!isRemoved(later, { seq, at })) continue;
      removed += 1;
      pending.delete(seq);
    }
    for (const [from, to] of rangesOf([...pending.keys()])) report({ kind: "deleted", from, to, at: pending.get(from) });
    if (overflow > 0) report({ kind: "more", count: overflow });
    return removed;
  };
  return { miss, settle };
}

type VerifierOptions = { organization: string; trusted: ReadonlySet<string>; evidence: Evidence; end: Position };

/** Verifies a chain that is handed over link by link; holds no entries in memory. */
export function createVerifier({ organization, trusted, evidence, end }: VerifierOptions) {
  const { collected, report } = collectFindings();
  const known = readEvidence(organization, trusted, evidence);
  known.findings.forEach(report);
  const anchor = known.latest?.anchor ?? chainStart;
  const checkpoints = compareCheckpoints(known.statements, anchor, report);
  const missing = judgeMissing(known, report);
  let position: Position = anchor;
  let entries = 0;
  let from: string | null = null;

  function checkEntry({ seq, at, entryHash, entry }: ChainLink) {
    if (!entry) return missing.miss({ seq, at });
    const { message } = entry;
    if (entry.at !== at || hashEntry(organization, entry) !== entryHash) return report({ kind: "changed", from: seq, at, message });
    entries += 1;
    if (from === null || at < from) from = at;
    const checkpoint = checkpoints.last();
    if (checkpoint && Date.parse(at) < Date.parse(checkpoint.at) - toleranceMs) report({ kind: "backdated", from: seq, at, message, checkpoint: named(checkpoint) });
  }

  return {
    anchor,
    link(link: ChainLink) {
      const { seq, chainHash } = link;
      if (seq <= anchor.seq) return;
      if (seq <= position.seq) return report({ kind: "order", from: seq, to: position.seq });
      if (seq > position.seq + 1) report({ kind: "missing", from: position.seq + 1, to: seq - 1 });
      else if (hashLink(position.chainHash, link) !== chainHash) report({ kind: "link", from: seq, at: link.at });
      checkEntry(link);
      position = { seq, chainHash };
      checkpoints.compare(position);
    },
    /** An entry of the log that no link leads to. */
    unchained(entry: ChainedEntry) {
      const { before } = known.latest ?? {};
      if (!before || Date.parse(entry.at) >= Date.parse(before)) report({ kind: "unchained", at: entry.at, message: entry.message });
    },
    finish(later: Evidence): VerificationResult {
      const removed = anchor.seq + missing.settle(readEvidence(organization, trusted, later));
      const cut = known.statements.findLast(({ seq }) => seq > position.seq);
      if (cut) report({ kind: "cut", from: position.seq + 1, to: cut.seq, checkpoint: named(cut) });
      else if (position.seq !== end.seq || position.chainHash !== end.chainHash) report({ kind: "end", from: position.seq, to: end.seq });
      if (evidence.checkpoints.length === 0 && position.seq > 0) report({ kind: "unsigned" });
      const checkpoint = known.latest && known.key ? { ...named(known.latest), since: known.latest.since, seq: known.latest.seq, key: known.key } : null;
      return { entries, removed, from, end: position, checkpoint, ...collected };
    },
  };
}

const named = ({ number, at }: Statement) => ({ number, at });
const plural = (from = 0, to = from) => (to > from ? `entries ${from} to ${to}` : `entry ${from}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A finding as a sentence, with times by `time`. */
export function findingText({ kind, from, to, at = "", message = "", count, checkpoint }: Finding, time: (at: string) => string): string {
  const places = plural(from, to);
  const signed = checkpoint ? `checkpoint ${checkpoint.number}${checkpoint.at && ` of ${time(checkpoint.at)}`}` : "";
  switch (kind) {
    case "changed":
      return `Entry ${from}, written on ${time(at)}, was changed. It says now: “${message}”.`;
    case "deleted":
      return `${capital(places)}, ${from === to ? "written on" : "the first written on"} ${time(at)}, ${from === to ? "was" : "were"} deleted.`;
    case "more":
      return `${count} more entries were deleted.`;
    case "link":
      return `Link ${from} of the chain, for the entry of ${time(at)}, does not continue from link ${(from ?? 0) - 1}: one of them was changed or moved.`;
    case "missing":
      return `The links of ${places} are missing from the chain.`;
    case "order":
      return `Link ${from} stands after link ${to}: the order was changed, or it is there twice.`;
    case "unchained":
      return `The entry “${message}” of ${time(at)} is not in the chain: it was added from outside, or its time was changed.`;
    case "backdated":
      return `Entry ${from}, “${message}”, says ${time(at)}, but was added after ${signed}.`;
    case "rewritten":
      return `The chain is not the one that ${signed} signed: something in ${places} was rewritten.`;
    case "cut":
      return `The chain ends at entry ${(from ?? 1) - 1}, but ${signed} signed it up to entry ${to}: the newest entries were deleted.`;
    case "end":
      return `The chain ends at entry ${from}, but it should end at entry ${to}: the newest entries were deleted, or its end was changed.`;
    case "signature":
      return `The signature of ${signed} is not valid: the checkpoint was changed.`;
    case "key":
      return "No checkpoint is signed with a key that is trusted here.";
    case "removals":
      return "The list of entries removed with deleted accounts is not the one that was signed.";
    case "unsigned":
      return "No checkpoint is signed. The first is signed within minutes, so in an older log they were deleted.";
  }
}
