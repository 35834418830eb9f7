import "server-only";
import { ownCopy } from "@/lib/data-export/queries";
import { ExportAccount } from "@/lib/data-export/schema";
import { ownCommand } from "@/lib/kernel/personal";

/** All personal data of the signed-in account. */
export const exportAccount = ownCommand({
  input: ExportAccount,
  async run({ tx, self: { account }, record }) {
    await record("account.exported");
    return ownCopy(tx, account.id);
  },
});
