import type { ReactNode } from "react";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { EntryDetails } from "@/lib/audit/queries";
import type { ActorKind } from "@/lib/shared/roles";
import { deviceLabel } from "../../../account/sessions/labels";
import type { Times } from "./entry-row";
import { differences } from "./differences";

const kinds: Record<ActorKind, string> = { account: "Person", system: "System", staff: "Staff of the operator" };

/** All details of an entry: actor, site, origin and changed fields. */
export function Details({ entry, times }: { entry: EntryDetails; times: Times }) {
  const changed = differences(entry.change, entry.name);
  const facts: [string, ReactNode][] = [
    ["Admin", entry.email ? `${entry.admin} (${entry.email})` : entry.admin],
    ["Actor type", kinds[entry.actorKind]],
    ["Site", entry.siteName ?? "Organization"],
    ["IP address", entry.ipAddress],
    ["Browser", entry.userAgent && <span key="browser" title={entry.userAgent}>{deviceLabel(entry)}</span>],
    ["Request ID", entry.requestId && <code key="id">{entry.requestId}</code>],
  ];
  return (
    <div className="grid gap-5">
      <DescriptionList>
        <Description term="Timestamp">
          <Time at={entry.at} {...times} shown="second" /> {times.zone}
        </Description>
        {facts.map(([term, fact]) => fact && <Description key={term} term={term}>{fact}</Description>)}
      </DescriptionList>
      {changed.length > 0 && <Differences rows={changed} />}
    </div>
  );
}

function Differences({ rows }: { rows: ReturnType<typeof differences> }) {
  return (
    <table className="w-full [&_:is(th,td)]:border-t [&_:is(th,td)]:border-line [&_:is(th,td)]:py-2 [&_:is(th,td)]:pe-3 [&_:is(th,td)]:text-start [&_:is(th,td)]:align-top [&_td]:wrap-anywhere [&_th]:wrap-break-word">
      <caption className="sr-only">What changed</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" className="font-normal">{field}</th>
            <td>{before !== null && <del className="rounded-sm bg-bad-soft px-1 no-underline">{before}</del>}</td>
            <td>{after !== null && <ins className="rounded-sm bg-ok-soft px-1 no-underline">{after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
