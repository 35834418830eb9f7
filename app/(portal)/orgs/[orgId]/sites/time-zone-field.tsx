"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { SearchSelect } from "@/components/form";
import type { TimeZoneOption } from "@/lib/shared/time-zone-names";
import { timeZoneProposed, type TimeZoneProposal } from "./location/proposals";

type CountryZones = Readonly<Record<string, { zones: string[]; proposed?: string }>>;

type TimeZoneFieldProps = { zones: readonly TimeZoneOption[]; zonesByCountry: CountryZones; country?: string };

const zoneField = (form: HTMLFormElement | null | undefined) => {
  const field = form?.elements.namedItem("timeZone");
  return field instanceof HTMLSelectElement ? field : undefined;
};

/** Takes what country and location propose, until somebody chooses; returns the country. */
function useProposals(zonesByCountry: CountryZones, initial: string) {
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
      const field = zoneField(form);
      if (!field) return;
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

  useEffect(() => {
    const form = box.current?.closest("form");
    const take = (event: CustomEventInit<TimeZoneProposal> & Event) => {
      const field = zoneField(form);
      const isKept = isChosen.current || initial !== "";
      if (!field || !event.detail || (isKept && !event.detail.isWanted)) return;
      event.preventDefault();
      proposal.current = event.detail.timeZone;
      field.value = event.detail.timeZone;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    form?.addEventListener(timeZoneProposed, take);
    return () => form?.removeEventListener(timeZoneProposed, take);
  }, [initial]);

  return { box, country };
}

/** The time zone of a site: follows country and location until it is chosen, and lists the zones of the country first. */
export function TimeZoneField({ zones, zonesByCountry, country: initial = "" }: TimeZoneFieldProps) {
  const { box, country } = useProposals(zonesByCountry, initial);
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
