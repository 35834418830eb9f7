import * as z from "zod/mini";
import { networkHost } from "@/lib/shared/network-address";
import { portLimits, vlanLimits } from "@/lib/shared/network-limits";
import { checkField } from "@/lib/shared/settings/fields";
import { choiceCell, numberCell, type Row, rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { boundedArray } from "@/lib/shared/text-schemas";

const protocol = choiceCell({ key: "protocol", label: "Protocol", options: [{ value: "ping", label: "Ping" }, { value: "arp", label: "ARP" }, { value: "tcp", label: "TCP" }] });
const port = numberCell({ key: "port", label: "Port", placeholder: "TCP only", ...portLimits });
const vlan = numberCell({ key: "src_vlan_id", label: "Source VLAN", ...vlanLimits });
const timeout = numberCell({ key: "timeout", label: "Timeout (s)", placeholder: "300", min: 1, max: 3_600 });

function portProblem(row: Row): string | undefined {
  if (row.protocol === "tcp") return row.port === undefined ? "Port: enter a port for TCP" : undefined;
  return row.port === undefined ? undefined : "Port: only TCP has a port";
}

const resource = z
  .strictObject({ host: networkHost, protocol: protocol.value, port: z.optional(port.value), src_vlan_id: z.optional(vlan.value), timeout: z.optional(timeout.value) })
  .check(({ value, issues }) => {
    const problem = portProblem(value);
    if (problem !== undefined) issues.push({ code: "custom", message: problem, path: ["port"], input: value });
  });

const max = 20;
const tooMany = `Enter at most ${max}`;

export const upstreamResourceMonitoring = defineSection({
  id: "upstream-resource-monitoring",
  title: "Upstream Resource Monitoring",
  description: "What edges of this site must reach; when they do not, access points move to the next edge.",
  labels: { tunterm_monitoring_disabled: "Monitoring turned off" },
  fields: {
    tunterm_monitoring_disabled: checkField({ label: "Enable", inverted: true }),
    tunterm_monitoring: rowsField({
      label: "Upstream resources",
      add: "Add Resource",
      max,
      identity: ["protocol", "host", "port", "src_vlan_id"],
      row: {
        value: boundedArray(boundedArray(resource, max, tooMany).check(z.minLength(1, "Enter at least one")), max, tooMany),
        read: (lists) => ((lists ?? []) as Row[][]).flatMap((list, group) => list.map((row) => ({ ...row, group }))),
        write: (rows) => [...Map.groupBy(rows, ({ group }) => group ?? 0)].toSorted(([one], [other]) => Number(one) - Number(other)).map(([, list]) => list.map(({ group: _, ...row }) => row)),
      },
      check: portProblem,
      columns: [protocol, { key: "host", label: "Host", kind: "text", schema: networkHost, placeholder: "192.0.2.40" }, port, vlan, timeout],
    }),
  },
});
