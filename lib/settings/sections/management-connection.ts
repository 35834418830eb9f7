import * as z from "zod/mini";
import { rowId } from "@/lib/shared/text-schemas";
import { valueAt } from "@/lib/shared/settings/document";
import { listField } from "@/lib/shared/settings/fields";
import { defineSection, type SettingsField } from "@/lib/shared/settings/section";

const connections = ["dhcp", "l2tp", "edge"] as const;

const connection: SettingsField = {
  label: "Devices connect by",
  control: {
    kind: "choice",
    options: [
      { value: "dhcp", label: "DHCP", description: "Directly, with an address from the local network." },
      { value: "l2tp", label: "L2TP tunnel" },
      { value: "edge", label: "Edge tunnel", description: "Through one or several edges." },
    ],
  },
  document: { "mgmt.use_mxtunnel": z.boolean(), "mgmt.use_wxtunnel": z.boolean() },
  form: z.enum(connections, "Choose how devices connect"),
  toForm(document) {
    if (valueAt(document, "mgmt.use_mxtunnel") === true) return "edge";
    return valueAt(document, "mgmt.use_wxtunnel") === true ? "l2tp" : "dhcp";
  },
  toDocument: (chosen) => ({
    "mgmt.use_mxtunnel": chosen === "edge" ? true : undefined,
    "mgmt.use_wxtunnel": chosen === "l2tp" ? true : undefined,
  }),
};

const tunnels = "mgmt.mxtunnel_ids";

export const managementConnection = defineSection({
  id: "management-connection",
  title: "Management Connection",
  description: "How devices reach this portal.",
  fields: {
    "mgmt.connection": connection,
    [tunnels]: listField({ label: "IDs of the edge tunnels, one per line", within: "edge", item: rowId("Enter the ID of a tunnel, like 0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80"), max: 10 }),
  },
  check(values) {
    const isMissing = values["mgmt.connection"] === "edge" && Array.isArray(values[tunnels]) && values[tunnels].length === 0;
    return isMissing ? { [tunnels]: "Enter the ID of at least one edge tunnel" } : undefined;
  },
});
