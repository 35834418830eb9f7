"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { SearchSelect } from "@/components/form";
import type { TimeZoneOption } from "@/lib/shared/time-zone-names";

type CountryZones = Readonly<Record<string, { zones: string[]; proposed?: string }>>;

type TimeZoneFieldProps = { zones: readonly TimeZoneOption[]; zonesByCountry: CountryZones; country?: string };

/** The time zone of a site: follows the country until it is chosen, and lists the zones of the country first. */
export function TimeZoneField({ zones, zonesByCountry, country: initial = "" }: TimeZoneFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const proposal = useRef("");
  const isChosen = useRef(false);
  const [country, setCountry] = useState(initial);

  useEffect(() => {
    const form = box.current?.closest("form");
    const follow = ({ target }: Event) => {
      if (!(target instanceof HTMLSelectElement) || !form) return;
      if (target.name === "timeZone" && target.value !== proposal.current) isChosen.current = true;
      if (target.name !== "country") return;
      const field = form.elements.namedItem("timeZone");
      if (!(field instanceof HTMLSelectElement)) return;
      const chosen = field.value;
      // The options are drawn in their new order before one of them is selected.
      flushSync(() => setCountry(target.value));
      const proposed = zonesByCountry[target.value]?.proposed;
      const follows = proposed !== undefined && !isChosen.current;
      if (follows) proposal.current = proposed;
      field.value = follows ? proposed : chosen;
      if (follows) field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    form?.addEventListener("change", follow);
    return () => form?.removeEventListener("change", follow);
  }, [zonesByCountry]);

  return (
    <div ref={box} className="contents">
      <SearchSelect
        name="timeZone"
        label="Time Zone"
        required
        placeholder="Choose"
        find="Search by place"
        options={zones}
        first={{ label: "Time zones in this country", values: zonesByCountry[country]?.zones ?? [] }}
      />
    </div>
  );
}
