import { scheduledRun } from "@/lib/firmware/next-run";
import type { UpgradeDay } from "@/lib/firmware/schema";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import type { PanelProps } from "../panels";
import { NextRun } from "./next-run";

/** The saved schedule of a site as the form shows it. */
function savedSchedule({ site }: PanelProps) {
  const values = siteSettingsFormValues(site);
  const [enabled, day, time, zone] = ["auto_upgrade.enabled", "auto_upgrade.day_of_week", "auto_upgrade.time_of_day", "timeZone"].map((name) => String(values[name]));
  return { isOn: enabled === "true", day: day as UpgradeDay, time: String(time), zone: String(zone) };
}

/** When the access points of a site are upgraded next. */
export function FirmwarePanel(props: PanelProps) {
  const { isOn, ...schedule } = savedSchedule(props);
  const { actor, site, times } = props;
  const savedAt = site.upgradeScheduledAt ?? new Date(0);
  const run = isOn ? scheduledRun({ ...schedule, savedAt }, times.hours) : undefined;
  const href = `/orgs/${actor.orgId}/sites/firmware/next-run?hours=${times.hours ?? "24"}`;
  return <NextRun href={href} saved={{ schedule: [schedule.day, schedule.time, schedule.zone].join(" "), run }} />;
}
