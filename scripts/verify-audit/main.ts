import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { FileError, linesOf, report, verifyLines } from "./verify-file.ts";

const usage = `Usage: npm run verify-audit -- FILE [--key FINGERPRINT]

Verifies an audit log that was downloaded in the portal (Audit Logs, Verify, Download for verification).
It needs neither the database nor a secret. Ends with 0 when the log is as it was written, and with 1 otherwise.

  --key    trust only the key with this fingerprint (SHA256:…); may be given more than once`;

async function run(): Promise<number> {
  const { positionals, values } = parseArgs({ options: { key: { type: "string", multiple: true, default: [] } }, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new FileError(usage);
  const verified = await verifyLines(linesOf(createReadStream(file)), values.key);
  console.log(report(verified, values.key.length > 0));
  return verified.result.findingCount === 0 ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code?.startsWith("ERR_PARSE_ARGS") ? usage : message);
  process.exitCode = 1;
}
