import * as z from "zod/mini";
import { rowVersion } from "@/lib/shared/form-schemas";
import { rowId } from "@/lib/shared/text-schemas";
import { wlanSections } from "./sections";

type Typed = { templateId: string; version: number; [name: string]: unknown };
type Sent = { templateId: string; version: number | string; [name: string]: unknown };

const parts = { templateId: rowId(), version: rowVersion, ...wlanSections.formShape };

const check = z.check<Readonly<Record<string, unknown>>>(({ value, issues }) => {
  for (const [field, message] of Object.entries(wlanSections.check(value))) issues.push({ code: "custom", message, path: [field], input: value });
});

/** What the page of a new WLAN sends, and the version of its template. */
export const CreateWlan = z.strictObject(parts).check(check) as unknown as z.ZodMiniType<Typed, Sent>;

export const UpdateWlan = z.strictObject({ wlanId: rowId(), ...parts }).check(check) as unknown as z.ZodMiniType<Typed & { wlanId: string }, Sent & { wlanId: string }>;

export const DeleteWlan = z.strictObject({ wlanId: rowId() });
export const GetWlan = z.object({ wlanId: rowId() });

/** The document of a WLAN as it is stored and exported. */
export const WlanDocument = wlanSections.document;
