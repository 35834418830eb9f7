import * as z from "zod/mini";
import { networkHost } from "@/lib/shared/network-address";
import { subnetAddress, vlanLimits } from "@/lib/shared/network-limits";
import { checkField, choiceField, listField, numberField, numbersField } from "@/lib/shared/settings/fields";
import { rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { boundedArray, boundedText, singleLine } from "@/lib/shared/text-schemas";
import { splitList } from "@/lib/shared/typed-text";

export const tunnelsEnabled = "mxtunnels.enabled";

const clusterName = singleLine(64);
const clusterHosts = boundedArray(networkHost, 10, "Enter at most 10");
const typedHosts = z.pipe(z.pipe(boundedText(900), z.transform((text) => [...new Set(splitList(text))])), clusterHosts);

const mtu = "mxtunnels.mtu";
const lowestMtu = 552;

export const tunnels = defineSection({
  id: "tunnels",
  title: "Mist Tunnels",
  description: "Tunnels from the access points of this site to its own edge clusters.",
  fields: {
    [tunnelsEnabled]: checkField({ label: "Enable" }),
    "mxtunnels.protocol": choiceField({ label: "Protocol", as: "select", options: [{ value: "udp", label: "UDP" }, { value: "ip", label: "IP" }] }),
    "mxtunnels.hosts": listField({ label: "Hosts", hint: "One per line: where access points reach the edges.", item: networkHost, max: 20, placeholder: "edge1.example.com\n192.0.2.20" }),
    "mxtunnels.clusters": rowsField({
      label: "Clusters",
      hint: "Access points use the first cluster that answers. Several hosts are separated by commas.",
      add: "Add Cluster",
      max: 10,
      ordered: true,
      row: z.strictObject({ name: clusterName, tunterm_hosts: z.optional(clusterHosts) }),
      columns: [
        { key: "name", label: "Name", kind: "text", schema: clusterName, placeholder: "primary" },
        { key: "tunterm_hosts", label: "Hosts", kind: "text", schema: typedHosts, toText: (hosts) => ((hosts ?? []) as string[]).join(", "), placeholder: "edge1.example.com, 192.0.2.20" },
      ],
    }),
    "mxtunnels.vlan_ids": numbersField({ label: "VLAN IDs", hint: "Separated by commas.", ...vlanLimits, most: 500, placeholder: "300, 310, 320" }),
    "mxtunnels.ap_subnets": listField({ label: "AP subnets", hint: "One per line: where access points may open tunnels from. Empty: anywhere.", item: subnetAddress, max: 50, maxLength: 50, placeholder: "10.2.0.0/16" }),
    [mtu]: numberField({ label: "MTU", hint: "0 finds it out; 552 to 1500 starts lower.", unit: "bytes", min: 0, max: 1_500, fallback: 0 }),
    "mxtunnels.hello_interval": numberField({ label: "Hello interval", unit: "seconds", min: 1, max: 300, fallback: 60 }),
    "mxtunnels.hello_retries": numberField({ label: "Hello retries", hint: "After so many without an answer, an access point tries the next edge.", unit: "times", min: 2, max: 30, fallback: 7 }),
  },
  check: ({ [mtu]: size }) => (Number(size) > 0 && Number(size) < lowestMtu ? { [mtu]: `Enter 0, or ${lowestMtu} to 1500` } : undefined),
});
