import * as z from "zod/mini";
import { choiceField, listField, textField } from "@/lib/shared/settings/fields";
import { rowsField } from "@/lib/shared/settings/rows";
import { defineSection, type SettingsField } from "@/lib/shared/settings/section";
import { type SettingsDocument, valueAt } from "@/lib/shared/settings/document";
import { vlanIdProblem, vlanListProblem } from "@/lib/shared/vlan-ids";
import { normalizedLine, optionalSingleLine } from "@/lib/shared/text-schemas";
import { withVariables } from "@/lib/templates/fields";

const checkedBy = (problemOf: (text: string) => string | undefined) =>
  z.string().check(({ value, issues }) => {
    const message = problemOf(value);
    if (message !== undefined) issues.push({ code: "custom", message, input: value });
  });

const vlanId = withVariables(64, checkedBy(vlanIdProblem));
const vlanItem = withVariables(64, checkedBy(vlanListProblem));
const stored = (schema: z.ZodMiniType<string, string>) => z.union([schema, z.int().check(z.minimum(1), z.maximum(4_094))]) as unknown as z.ZodMiniType<string, string>;

export type VlanKind = "untagged" | "tagged" | "pool" | "dynamic";

/** How a WLAN puts its clients into VLANs. */
export function vlanKindOf(document: SettingsDocument): VlanKind {
  if (valueAt(document, "vlan_enabled") !== true) return "untagged";
  if (valueAt(document, "dynamic_vlan.enabled") === true) return "dynamic";
  return valueAt(document, "vlan_pooling") === true ? "pool" : "tagged";
}

const kinds = choiceField({
  label: "VLAN",
  options: [
    { value: "untagged", label: "Untagged" },
    { value: "tagged", label: "Tagged" },
    { value: "pool", label: "Pool", description: "Clients are spread over several VLANs." },
    { value: "dynamic", label: "Dynamic", description: "The RADIUS server names the VLAN of each client." },
  ],
})("vlan");

/** The kind stands for three switches of the published document. */
const vlanKind: SettingsField = {
  ...kinds,
  document: { vlan_enabled: z.boolean(), vlan_pooling: z.boolean(), "dynamic_vlan.enabled": z.boolean() },
  defaults: { vlan_enabled: false, vlan_pooling: false, "dynamic_vlan.enabled": false },
  toForm: vlanKindOf,
  toDocument: (kind) => ({
    vlan_enabled: kind === "untagged" ? undefined : true,
    vlan_pooling: kind === "pool" ? true : undefined,
    "dynamic_vlan.enabled": kind === "dynamic" ? true : undefined,
  }),
};

const maxVlans = 50;
const rows = rowsField({
  label: "Dynamic VLAN IDs",
  hint: "For the type Airespace, with the name of the interface.",
  add: "Add Row",
  max: maxVlans,
  columns: [
    { key: "id", label: "VLAN ID", kind: "text", placeholder: "{{vlan0}}", schema: vlanId },
    { key: "name", label: "Interface", kind: "text", schema: normalizedLine(64) },
  ],
  row: z.object({ id: vlanId, name: z.optional(optionalSingleLine(64)) }),
})("rows");

type VlanRow = { id: string; name?: string };

const vlansPath = "dynamic_vlan.vlans";
const vlansOf = (document: SettingsDocument) => Object.entries((valueAt(document, vlansPath) ?? {}) as Record<string, string>).map(([id, name]) => ({ id, ...(name !== "" && { name }) }));
const hasFew = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length <= maxVlans;

const dynamicVlans: SettingsField = {
  ...rows,
  within: "dynamic",
  document: { [vlansPath]: z.pipe(z.custom<Record<string, string>>(hasFew, { abort: true }), z.record(vlanId, normalizedLine(64))) },
  toForm: (document) => rows.toForm({ rows: vlansOf(document) }),
  toDocument: (value) => {
    const typed = value as VlanRow[];
    return { [vlansPath]: typed.length === 0 ? undefined : Object.fromEntries(typed.map(({ id, name = "" }) => [id, name])) };
  },
};

export const vlan = defineSection({
  id: "vlan",
  title: "VLAN",
  description: "The networks that clients of this WLAN are put into. Values can hold variables, like {{vlan0}}.",
  fields: {
    vlan: vlanKind,
    vlan_id: (path) => ({ ...textField({ label: "VLAN ID", schema: z._default(z.union([z.literal(""), vlanId]), ""), maxLength: 64, placeholder: "100 or {{vlan0}}" })(path), document: { [path]: stored(vlanId) }, toForm: (document) => shownText(valueAt(document, path)), within: "tagged" }),
    vlan_ids: (path) => ({ ...listField({ label: "VLAN IDs", hint: "Numbers, ranges or variables, separated by commas.", item: vlanItem, max: 20, separator: "commas", placeholder: "200, 20-30, {{vlan1}}" })(path), within: "pool" }),
    "dynamic_vlan.default_vlan_ids": (path) => ({ ...listField({ label: "Static VLAN ID", hint: "Where the RADIUS server names none; 999 when empty.", item: vlanItem, max: 20, separator: "commas", placeholder: "999" })(path), within: "dynamic" }),
    "dynamic_vlan.type": (path) => ({
      ...choiceField({
        label: "VLAN Type",
        as: "select",
        options: [
          { value: "standard", label: "Standard (Tunnel-Private-Group-ID)" },
          { value: "airespace-interface-name", label: "Airespace Interface Name" },
        ],
      })(path),
      within: "dynamic",
    }),
    [vlansPath]: dynamicVlans,
  },
  check(values): Record<string, string> | undefined {
    if (values.vlan === "tagged" && values.vlan_id === undefined) return { vlan_id: "Enter a VLAN ID or a variable" };
    const pool = values.vlan_ids;
    if (values.vlan === "pool" && Array.isArray(pool) && pool.length === 0) return { vlan_ids: "Enter at least one VLAN ID or variable" };
    return values.vlan === "dynamic" && values["auth.type"] !== "eap" ? { vlan: "A dynamic VLAN needs the security Enterprise" } : undefined;
  },
});

const shownText = (value: unknown) => (typeof value === "number" || typeof value === "string" ? String(value) : "");
