"use client";

import { useEffect, useRef } from "react";
import { CheckField } from "@/components/form";
import { alertClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { countText } from "@/lib/shared/count-text";
import type { ChangeImpact } from "@/lib/shared/form-state";

/** Whom saving touches, with the check box that tells them. */
export function Impact({ impact: { effects, warnings, others }, description }: { impact: ChangeImpact; description?: string }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Section title="Before you save" description={description}>
      <div ref={shown} tabIndex={-1} role="status" className="grid gap-3 outline-none">
        {warnings.map((warning) => (
          <p key={warning} className={alertClass("warn")}>
            <IconPath d={circleAlert} />
            <span>{warning}</span>
          </p>
        ))}
        <ul className="grid list-disc gap-1.5 ps-5">
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
      </div>
      {others > 0 && <CheckField name="notify_members" label={`Tell ${countText(others, "member")} by email`} hint="Each gets one email that says what changes for them and what to do." />}
    </Section>
  );
}
