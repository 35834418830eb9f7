import { parseArgs } from "node:util";
import { addMspAdministrator, createMsp, reinstateAccount, removeMspAdministrator, resetTwoFactor, setPartner, setUserGroup } from "@/lib/staff/commands";
import { staffActor } from "@/lib/staff/rules";
import { AppError } from "@/lib/shared/app-error";
import { runCommand } from "./staff/run-command";

const usage = `Usage: npm run staff -- <command> --as "Your name"

  reinstate <email>                          reinstate a suspended account
  reset-two-factor <email>                   remove the second factor after a lost phone and lost recovery codes
  group <email> customer|partner|public      change the user group of an account
  partner <organization id> on|off           mark an organization as a partner, or remove the mark
  create-msp <name>                          create a Managed Service Provider
  add-msp-admin <msp id> <email>             make an account an administrator of a Managed Service Provider
  remove-msp-admin <msp id> <email>          remove an administrator of a Managed Service Provider`;

async function run(args: string[]): Promise<string> {
  const { positionals, values } = parseArgs({ args, options: { as: { type: "string" } }, allowPositionals: true });
  const [name, target = "", value = "", ...more] = positionals;
  if (more.length > 0 || ((name === "reinstate" || name === "reset-two-factor" || name === "create-msp") && value)) throw new AppError("invalid", usage);
  const asStaff = () => staffActor(values.as ?? "");
  if (name === "reinstate") {
    await reinstateAccount(asStaff(), { email: target });
    return `The account ${target} is reinstated. Its owner is notified by email.`;
  }
  if (name === "reset-two-factor") {
    await resetTwoFactor(asStaff(), { email: target });
    return `The account ${target} has no second factor now. All its sessions were ended, and its owner is notified by email.`;
  }
  if (name === "group") {
    const { before } = await setUserGroup(asStaff(), { email: target, group: value });
    return `The account ${target} is in the group ${value} now; it was in ${before}.`;
  }
  if (name === "partner") {
    const { name: organization } = await setPartner(asStaff(), { organization: target, partner: value });
    return `${organization} is ${value === "on" ? "a partner" : "not a partner"} now.`;
  }
  if (name === "create-msp") {
    const msp = await createMsp(asStaff(), { name: target });
    return `The Managed Service Provider ${msp.name} has the id ${msp.id}.`;
  }
  if (name === "add-msp-admin") {
    const msp = await addMspAdministrator(asStaff(), { msp: target, email: value });
    return `${value} is an administrator of ${msp.name} now, and is notified by email.`;
  }
  if (name === "remove-msp-admin") {
    const msp = await removeMspAdministrator(asStaff(), { msp: target, email: value });
    return `${value} is no administrator of ${msp.name} any more, and is notified by email.`;
  }
  throw new AppError("invalid", usage);
}

await runCommand(usage, async (args) => `${await run(args)}\n`);
