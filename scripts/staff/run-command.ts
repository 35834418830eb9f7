import { closePools } from "@/db/client";
import { AppError } from "@/lib/shared/app-error";

function errorText(error: unknown, usage: string): string {
  if (error instanceof AppError) return Object.values(error.fields ?? {}).flat()[0] ?? error.message;
  const { code, message, cause } = error as NodeJS.ErrnoException;
  if (code?.startsWith("ERR_PARSE_ARGS")) return usage;
  // Drizzle wraps a database error in one whose message repeats the whole query.
  return `The command failed. ${cause instanceof Error ? cause.message : message}`;
}

/** Runs a command line of the server: prints what it returns, or why it failed, and ends the process. */
export async function runCommand(usage: string, run: (args: string[]) => Promise<string>): Promise<never> {
  let code = 0;
  try {
    process.stdout.write(await run(process.argv.slice(2)));
  } catch (error) {
    console.error(errorText(error, usage));
    code = 1;
  }
  await closePools();
  // Exit explicitly: timers of the queue client would keep the process running.
  process.exit(code);
}
