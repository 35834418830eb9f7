import { AppError } from "@/lib/shared/app-error";

/** A block of a PEM text: its label, its DER bytes, and whether its headers say that it is encrypted. */
export type PemBlock = { label: string; der: Buffer; isEncrypted: boolean };

type OpenBlock = { label: string; headers: string[]; lines: string[] };

const begin = /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/;
const end = /^-----END ([A-Z0-9 ]{1,40})-----$/;
const header = /^[A-Za-z][A-Za-z0-9-]{0,40}:/;
const base64Line = /^[A-Za-z0-9+/=]+$/;
const looksLikeBoundary = /^\p{Pd}.*\b(?:BEGIN|END)\b/u;

const invalid = (message: string) => new AppError("invalid", message);

/** Reads the blocks of a PEM text, strictly; throws with the reason in words. Indentation, blank lines and any line ends are allowed. */
export function readPem(text: string, maxBlocks: number): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: OpenBlock | undefined;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n?|\n/).map((raw) => raw.trim())) {
    if (line === "") continue;
    if (!open) open = openBlock(line);
    else if (end.test(line)) {
      if (blocks.length === maxBlocks) throw invalid(maxBlocks === 1 ? "Paste one block only" : `Paste at most ${maxBlocks} blocks at once`);
      blocks.push(closeBlock(open, line));
      open = undefined;
    } else addLine(open, line);
  }
  if (open) throw invalid(`The text ends in the middle of a block: the line -----END ${open.label}----- is missing`);
  if (blocks.length === 0) throw invalid("Paste text that begins with a line such as -----BEGIN CERTIFICATE-----");
  return blocks;
}

function openBlock(line: string): OpenBlock {
  const label = begin.exec(line)?.[1];
  if (label) return { label, headers: [], lines: [] };
  if (looksLikeBoundary.test(line)) throw invalid("The lines with BEGIN and END need exactly five hyphens on each side. A word processor may have replaced them");
  throw invalid("There is other text before, between or after the blocks. Paste only what stands from BEGIN to END");
}

function addLine(open: OpenBlock, line: string) {
  if (header.test(line) && open.lines.length === 0) open.headers.push(line);
  else if (begin.test(line)) throw invalid(`A block begins before the one above it ends: the line -----END ${open.label}----- is missing`);
  else if (base64Line.test(line)) open.lines.push(line);
  else throw invalid("A block holds characters that don’t belong there");
}

function closeBlock({ label, headers, lines }: OpenBlock, line: string): PemBlock {
  if (end.exec(line)?.[1] !== label) throw invalid(`A block that begins with ${label} must end with the same word`);
  const isEncrypted = label === "ENCRYPTED PRIVATE KEY" || headers.some((text) => /^Proc-Type:.*ENCRYPTED/.test(text));
  const base64 = lines.join("");
  const der = Buffer.from(base64, "base64");
  if (der.length === 0 || der.toString("base64") !== base64) throw invalid("A block is damaged or incomplete. Copy it again from its file");
  return { label, der, isEncrypted };
}

/** Writes DER bytes as a PEM block. */
export const toPem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString("base64").replaceAll(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----\n`;
