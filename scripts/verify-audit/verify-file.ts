import { createVerifier, findingText, fingerprint, readJson } from "../../lib/audit-chain/rules.ts";
import { type Evidence, ExportLine, type SignedCheckpoint, type VerificationResult } from "../../lib/audit-chain/records.ts";

type Header = ExportLine & { type: "header" };
type Verifier = ReturnType<typeof createVerifier>;
type Verified = { header: Header; result: VerificationResult };

/** A file that cannot be read as an export. */
export class FileError extends Error {}

/** The lines of a file. Only line feeds end one: other line separators are part of the text in it. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** Collects what is signed: at the begin of the file, and at its end what was signed while it was written. */
const collectEvidence = () => ({ checkpoints: [] as SignedCheckpoint[], removals: [] as string[] });

function add(evidence: ReturnType<typeof collectEvidence>, line: ExportLine): boolean {
  if (line.type === "removal") evidence.removals.push(line.removal);
  else if (line.type === "checkpoint") evidence.checkpoints.push({ statement: line.statement, publicKey: line.publicKey, signature: line.signature });
  else return false;
  return true;
}

function open({ organization, end }: Header, evidence: Evidence, keys: readonly string[]): Verifier {
  const trusted = new Set(keys.length > 0 ? keys : evidence.checkpoints.map(({ publicKey }) => fingerprint(publicKey)));
  return createVerifier({ organization, trusted, evidence, end });
}

function hand(verifier: Verifier, line: ExportLine, number: number) {
  if (line.type === "unchained") verifier.unchained(line.entry);
  else if (line.type === "link") {
    const { type: _, ...link } = line;
    verifier.link(link);
  } else throw new FileError(`Line ${number} does not belong where it is.`);
}

/** Verifies an exported audit log line by line, with the keys of these fingerprints, or else with those in the file. */
export async function verifyLines(lines: AsyncIterable<string> | Iterable<string>, keys: readonly string[] = []): Promise<Verified> {
  const evidence = collectEvidence();
  let [number, header, verifier, sealed]: [number, Header?, Verifier?, number?] = [0];
  for await (const text of lines) {
    number += 1;
    const line = readJson(ExportLine, text);
    if (!line) throw new FileError(`Line ${number} is not part of an exported audit log: it was changed, or the file is incomplete.`);
    if (number === 1 && line.type === "header") header = line;
    else if (!header) throw new FileError("This is not an audit log that was exported for verification.");
    else if (!add(evidence, line)) {
      if (sealed !== undefined && sealed !== evidence.checkpoints.length + evidence.removals.length) throw new FileError(`Line ${number} does not belong where it is.`);
      sealed = evidence.checkpoints.length + evidence.removals.length;
      verifier ??= open(header, { checkpoints: [...evidence.checkpoints], removals: [...evidence.removals] }, keys);
      hand(verifier, line, number);
    }
  }
  if (!header) throw new FileError("The file is empty.");
  verifier ??= open(header, evidence, keys);
  return { header, result: verifier.finish(evidence) };
}

const count = (number: number) => number.toLocaleString("en");
const time = (at: string) => `${at.slice(0, 19).replace("T", " ")} UTC`;

function checkpointLines({ checkpoint, end }: VerificationResult, isPinned: boolean): string[] {
  if (!checkpoint) return ["Checkpoint    none"];
  const after = end.seq - checkpoint.seq;
  return [
    `Checkpoint    ${checkpoint.number}, signed ${time(checkpoint.at)}, covers the entries up to ${count(checkpoint.seq)}${after > 0 ? `; the ${count(after)} after it are not signed yet` : ""}`,
    `Signed since  ${time(checkpoint.since)}`,
    `Key           ${checkpoint.key}${isPinned ? "" : "\n              Compare it with the fingerprint in the portal (Audit Logs, Verify), or pass it with --key"}`,
  ];
}

/** The result of a verification as text. */
export function report({ header, result }: Verified, isPinned: boolean): string {
  const { entries, removed, from, findings, findingCount } = result;
  const hidden = findingCount - findings.length;
  return [
    `Organization  ${JSON.stringify(header.name)} (${header.organization})`,
    `Entries       ${count(entries)} unchanged${from ? `, from ${time(from)}` : ""}`,
    `Removed       ${count(removed)} by retention or with deleted accounts`,
    ...checkpointLines(result, isPinned),
    "",
    ...(findingCount === 0 ? ["The audit log is as it was written."] : ["The audit log is NOT as it was written:", ...findings.map((finding) => `- ${JSON.stringify(findingText(finding, time)).slice(1, -1)}`)]),
    ...(hidden > 0 ? [`- and ${count(hidden)} more`] : []),
  ].join("\n");
}
