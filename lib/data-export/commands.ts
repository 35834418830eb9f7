import "server-only";
import { collectAccountData } from "@/lib/data-export/queries";
import { ExportAccountData } from "@/lib/data-export/schema";
import { accountCommand } from "@/lib/kernel/account-command";

/** All personal data of the signed-in account. */
export const exportAccountData = accountCommand({
  input: ExportAccountData,
  async run({ tx, self: { account }, record }) {
    await record("account.exported");
    return collectAccountData(tx, account.id);
  },
});
