import * as z from "zod/mini";
import { networkHost } from "@/lib/shared/network-address";
import { portLimits } from "@/lib/shared/network-limits";
import { checkField, secretField } from "@/lib/shared/settings/fields";
import { choiceCell, numberCell, rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { radiusProxyEnabled } from "./radius-proxy";

const [enabled, servers, secret] = ["mxedge.mist_das.enabled", "mxedge.mist_das.coa_servers", "mxedge.mist_das.coa_secret"];

const port = numberCell({ key: "port", label: "Port", placeholder: "3799", ...portLimits });
const timestamp = choiceCell({
  key: "disable_event_timestamp_check",
  label: "Event timestamp",
  options: [
    { value: "mandatory", label: "Mandatory" },
    { value: "optional", label: "Optional" },
  ],
});

export const coaDmServer = defineSection({
  id: "coa-dm-server",
  title: "CoA/DM Server",
  description: "Servers that may change or end the sessions of clients. First enable Radius Proxy.",
  secretsSentTo: { [secret]: servers },
  fields: {
    [enabled]: checkField({ label: "Enable CoA/DM servers" }),
    [servers]: rowsField({
      label: "CoA/DM servers",
      hint: "Where the event timestamp is mandatory, messages without one are discarded.",
      add: "Add CoA/DM Server",
      max: 10,
      identity: ["host", "port"],
      row: z.strictObject({ host: networkHost, port: z.optional(port.value), disable_event_timestamp_check: z.optional(z.boolean()) }),
      columns: [
        { key: "host", label: "Host", kind: "text", schema: networkHost, placeholder: "192.0.2.50" },
        port,
        {
          ...timestamp,
          schema: z.pipe(timestamp.schema, z.transform((chosen) => (chosen === "optional" ? true : undefined))),
          toText: (isDisabled) => (isDisabled === true ? "optional" : "mandatory"),
        },
      ],
    }),
    [secret]: secretField({ label: "Shared secret of the CoA/DM servers" }),
  },
  check(values) {
    if (values[enabled] !== true) return undefined;
    if (values[radiusProxyEnabled] !== true) return { [enabled]: "First enable Radius Proxy" };
    return Array.isArray(values[servers]) && values[servers].length === 0 ? { [servers]: "Add at least one server" } : undefined;
  },
});
