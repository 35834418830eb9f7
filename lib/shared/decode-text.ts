/** The text of a file, whether a spreadsheet wrote it as UTF-8, UTF-16 or Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The text of a chosen file, as far as a field of this many characters can hold it and one more. */
export async function textOfFile(file: Blob, maxLength: number): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, maxLength * 4).arrayBuffer());
  return decodeText(bytes).slice(0, maxLength + 1);
}
