import * as z from "zod/mini";
import { networkHost } from "@/lib/shared/network-address";
import { portLimits } from "@/lib/shared/network-limits";
import { checkField, choiceField, secretField } from "@/lib/shared/settings/fields";
import { numberCell, rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { tunnelsEnabled } from "./tunnels";

export const radiusProxyEnabled = "mxedge.radsec.enabled";

const [authServers, acctServers] = ["mxedge.radsec.auth_servers", "mxedge.radsec.acct_servers"];
const [authSecret, acctSecret] = ["mxedge.radsec.auth_secret", "mxedge.radsec.acct_secret"];

function servers(label: string, standardPort: string) {
  const port = numberCell({ key: "port", label: "Port", placeholder: standardPort, ...portLimits });
  return rowsField({
    label,
    hint: `The first one is the primary server. Port ${standardPort} unless another is entered.`,
    add: "Add Server",
    max: 10,
    ordered: true,
    identity: ["host", "port"],
    row: z.strictObject({ host: networkHost, port: z.optional(port.value) }),
    columns: [{ key: "host", label: "Host", kind: "text", schema: networkHost, placeholder: "192.0.2.30" }, port],
  });
}

export const radiusProxy = defineSection({
  id: "radius-proxy",
  title: "Radius Proxy",
  description: "Edges of this site pass RADIUS requests on to your servers. First enable Mist Tunnels.",
  secretsSentTo: { [authSecret]: authServers, [acctSecret]: acctServers },
  fields: {
    [radiusProxyEnabled]: checkField({ label: "Enable Radius Proxy" }),
    [authServers]: servers("Authentication servers", "1812"),
    [authSecret]: secretField({ label: "Shared secret of the authentication servers" }),
    [acctServers]: servers("Accounting servers", "1813"),
    [acctSecret]: secretField({ label: "Shared secret of the accounting servers" }),
    "mxedge.radsec.server_selection": choiceField({
      label: "Server selection",
      options: [
        { value: "ordered", label: "Ordered", description: "Edges return to the first server as soon as it answers." },
        { value: "unordered", label: "Unordered", description: "Edges stay with the server that answers." },
      ],
    }),
  },
  check(values) {
    if (values[radiusProxyEnabled] !== true) return undefined;
    if (values[tunnelsEnabled] !== true) return { [radiusProxyEnabled]: "First enable Mist Tunnels" };
    return Array.isArray(values[authServers]) && values[authServers].length === 0 ? { [authServers]: "Add at least one server" } : undefined;
  },
});
