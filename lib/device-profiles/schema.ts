import * as z from "zod/mini";
import { rowVersion } from "@/lib/shared/form-schemas";
import type { SectionSet } from "@/lib/shared/settings/section-set";
import { rowId } from "@/lib/shared/text-schemas";
import { deviceProfileSections as sections } from "./sections";

const types = z.enum(["ap", "switch", "gateway"], "Choose the device type");

type DeviceType = z.output<typeof types>;
export type TypedDeviceProfile = { templateId: string; version: number; type: DeviceType; [name: string]: unknown };

export const CreateDeviceProfile = z.strictObject({ name: sections.ap.formShape.name, type: types }) as unknown as z.ZodMiniType<{ name: string; type: DeviceType }, { name: string; type: string }>;

const updateOf = (type: DeviceType, { formShape, check }: SectionSet) =>
  z.strictObject({ templateId: rowId(), version: rowVersion, type: z.literal(type), ...formShape }).check(({ value, issues }) => {
    for (const [field, message] of Object.entries(check(value))) issues.push({ code: "custom", message, path: [field], input: value });
  });

/** What the page of a device profile sends: every field of every section of its type. */
export const UpdateDeviceProfile = z.discriminatedUnion("type", [
  updateOf("ap", sections.ap),
  updateOf("switch", sections.switch),
  updateOf("gateway", sections.gateway),
]) as unknown as z.ZodMiniType<TypedDeviceProfile, { templateId: string; version: number | string; type: string; [name: string]: unknown }>;

/** The documents of device profiles as they are stored and exported, by type. */
export const ApProfileDocument = sections.ap.document;
export const SwitchProfileDocument = sections.switch.document;
export const GatewayProfileDocument = sections.gateway.document;
