"use client";

import { useEffect, useRef, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { clock } from "@/components/ui/icons";
import { useSearch } from "@/components/ui/use-search";
import { parseFormData } from "@/lib/shared/form-values";

/** The next run in words, why it is not sooner, and the schedule that makes it. */
type ScheduledRun = { schedule: string; at: string; reason?: string };

type NextRunProps = {
  /** The address that answers for a schedule that is not saved. */
  href: string;
  /** The saved schedule as day, time and zone, with its next run; no run while upgrades are off. */
  saved: { schedule: string; run?: ScheduledRun };
};

const fields = { enabled: "auto_upgrade.enabled", day: "auto_upgrade.day_of_week", time: "auto_upgrade.time_of_day", zone: "timeZone" };

/** The schedule in a form as day, time and zone, or nothing while upgrades are off. */
function scheduleIn(form: HTMLFormElement, saved: string): string | undefined {
  const values = parseFormData(new FormData(form));
  const [, , savedZone = ""] = saved.split(" ");
  const text = (name: string) => String(values[name] ?? "");
  return text(fields.enabled) === "true" ? [text(fields.day), text(fields.time), text(fields.zone) || savedZone].join(" ") : undefined;
}

/** The schedule in the form around an element, followed while it is edited. */
function useSchedule(saved: string, isOn: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const [schedule, setSchedule] = useState(isOn ? saved : undefined);
  useEffect(() => {
    const form = element.current?.closest("form");
    if (!form) return;
    const read = () => setSchedule(scheduleIn(form, saved));
    const follow = () => requestAnimationFrame(read);
    read();
    for (const type of ["input", "change", "reset", "click"]) form.addEventListener(type, follow);
    return () => {
      for (const type of ["input", "change", "reset", "click"]) form.removeEventListener(type, follow);
    };
  }, [saved]);
  return { element, schedule };
}

/** When upgrades run next: as saved, or as the form says while it is edited. */
export function NextRun({ href, saved }: NextRunProps) {
  const { element, schedule } = useSchedule(saved.schedule, saved.run !== undefined);
  const isSaved = saved.run !== undefined && schedule === saved.schedule;
  const { result, hasFailed } = useSearch<ScheduledRun>(isSaved ? undefined : href, schedule ?? "", { parameter: "schedule", shortest: 1 });
  const run = isSaved ? saved.run : result;
  return (
    <div ref={element} role="status" className="flex gap-2 rounded-md bg-sunken px-3 py-2.5 [&>svg]:mt-0.5">
      <IconPath d={clock} />
      {schedule === undefined ? <p>Auto update is off, so no run is planned.</p> : hasFailed ? <p>The next run can’t be shown. Check the time and your connection.</p> : <Planned run={run} isSaved={isSaved} />}
    </div>
  );
}

function Planned({ run, isSaved }: { run?: ScheduledRun; isSaved: boolean }) {
  if (!run) return <p>Next run: …</p>;
  return (
    <div className="min-w-0 wrap-anywhere">
      <p>
        {isSaved ? "Next run: " : "Next run if you save now: "}
        <strong className="font-medium">{run.at}</strong>
      </p>
      <p className="text-sm text-muted">{`${run.schedule}.`}</p>
      {run.reason !== undefined && <p className="text-sm text-muted">{run.reason}</p>}
    </div>
  );
}
