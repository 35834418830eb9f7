import { runOrganizationCommand, usage } from "./organization/commands";
import { runCommand } from "./staff/run-command";

await runCommand(usage, runOrganizationCommand);
