import { parseArgs } from "node:util";
import { closePools } from "@/db/client";
import { reinstateAccount, resetTwoFactor, setPartner, setUserGroup, staffCalled } from "@/lib/staff/commands";
import { Fault } from "@/lib/vocabulary/fault";

const usage = `Usage: npm run staff -- <what to do> --as "Your name"

  reinstate <email>                          open a suspended account again
  reset-two-factor <email>                   for somebody who lost phone and recovery codes
  group <email> customer|partner|public      change the user group of an account
  partner <organization id> on|off           count an organization among the partners, or no longer`;

async function perform(given: string[]): Promise<string> {
  const { positionals, values } = parseArgs({ args: given, options: { as: { type: "string" } }, allowPositionals: true });
  const [act, whom = "", how = "", ...more] = positionals;
  if (more.length > 0 || ((act === "reinstate" || act === "reset-two-factor") && how)) throw new Fault("invalid", usage);
  const asStaff = () => staffCalled(values.as ?? "");
  if (act === "reinstate") {
    await reinstateAccount(asStaff(), { email: whom });
    return `The account ${whom} is open again. Its owner has been told by mail.`;
  }
  if (act === "reset-two-factor") {
    await resetTwoFactor(asStaff(), { email: whom });
    return `The account ${whom} has no second factor now. Everybody was signed out, and its owner has been told by mail.`;
  }
  if (act === "group") {
    const { before } = await setUserGroup(asStaff(), { email: whom, group: how });
    return `The account ${whom} is in the group ${how} now; it was in ${before}.`;
  }
  if (act === "partner") {
    const { name } = await setPartner(asStaff(), { organization: whom, partner: how });
    return `${name} is ${how === "on" ? "a partner" : "no partner"} now.`;
  }
  throw new Fault("invalid", usage);
}

function inWords(error: unknown): string {
  if (error instanceof Fault) return Object.values(error.fields ?? {}).flat()[0] ?? error.message;
  const { code, message, cause } = error as NodeJS.ErrnoException;
  if (code?.startsWith("ERR_PARSE_ARGS")) return usage;
  // What wraps an error of the database repeats the whole question.
  return `It could not be done. ${cause instanceof Error ? cause.message : message}`;
}

let code = 0;
try {
  console.log(await perform(process.argv.slice(2)));
} catch (error) {
  console.error(inWords(error));
  code = 1;
}
await closePools();
// Whatever was put in a queue is there; the queue's own timers would keep the process.
process.exit(code);
