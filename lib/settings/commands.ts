import "server-only";
import { command } from "@/lib/kernel/command";
import { tellTouchedMembers } from "@/lib/policy-impact/internal";
import { changeSettings, lockSettings } from "@/lib/settings/internal";
import { plannedChange } from "@/lib/settings/queries";
import { UpdateSettings } from "@/lib/settings/schema";
import { withChanges } from "@/lib/shared/settings/document";
import { countText } from "@/lib/shared/count-text";

/** Saves the settings page, and emails the members whom it touches where that is wanted; fails when the version is outdated. */
export const updateSettings = command({
  permission: "settings.update",
  input: UpdateSettings,
  async run(scope, input) {
    const { tx, actor } = scope;
    const current = await lockSettings(tx, actor.orgId);
    const change = await plannedChange(tx, actor, current, input);
    const after = withChanges(current.document, change.values);
    const told = input.notify_members ? await tellTouchedMembers(tx, actor, { before: current.document, after }) : 0;
    return changeSettings(scope, { ...change, note: told > 0 ? `(${countText(told, "member")} told by email)` : undefined });
  },
});
