import { HiddenField } from "@/components/form";
import { fieldViews } from "@/components/settings/field-view";
import type { SectionView } from "@/components/settings/settings-form";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import type { SecretState } from "@/lib/shared/settings/secret-state";
import { wlanSections } from "@/lib/wlans/sections";

/** The sections of a WLAN as its page shows them; the first one carries the ids of the WLAN and its template. */
export const wlanViews = (ids: Readonly<Record<string, string>>, secrets: readonly SecretState[], times: DateTimeOptions): SectionView[] =>
  wlanSections.sections.map((section, at) => ({
    id: section.id,
    title: section.title,
    description: section.description,
    fields: fieldViews(section, { secrets }, times),
    panel: at === 0 ? Object.entries(ids).map(([name, value]) => <HiddenField key={name} name={name} value={value} />) : undefined,
  }));
