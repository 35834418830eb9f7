import "server-only";
import type { Tx } from "@/db/tx";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { templateNames } from "@/lib/site-bulk-edit/queries";
import { changeText, siteChanges, unchangedText } from "@/lib/site-bulk-edit/rules";
import { ChangeSelectedSites } from "@/lib/site-bulk-edit/schema";
import { inOneMessage } from "@/lib/shared/settings/one-message";
import { changeSite, lockSiteSettings } from "@/lib/site-settings/internal";
import { siteSettingLabel } from "@/lib/site-settings/rules";
import { selectedSites } from "@/lib/sites/queries";

/** Changes the ticked fields of one section at every selected site; each has its own result and audit entry. */
export const changeSelectedSites = command({
  permission: "site.update",
  input: ChangeSelectedSites,
  async run(scope, edit) {
    const found = await selectedSites(scope.tx, edit).for("no key update");
    const [changeOf, names] = [siteChanges(edit), await templateNames(scope.tx, edit)];
    const changeOne = async (tx: Tx, id: string) => {
      const { document } = await lockSiteSettings(tx, id);
      const change = changeOf(document);
      await changeSite({ ...scope, tx }, id, change);
      return changeText(document, change, names) || unchangedText;
    };
    return bulk(scope, edit, found, {
      permission: "site.update",
      each: (tx, { id }) => changeOne(tx, id).catch((error: unknown) => Promise.reject(inOneMessage(error, siteSettingLabel))),
    });
  },
});
