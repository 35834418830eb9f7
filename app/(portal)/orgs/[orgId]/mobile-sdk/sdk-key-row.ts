import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { SdkKey } from "@/lib/mobile-sdk/queries";
import { maskedSecret } from "@/lib/mobile-sdk/rules";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";

/** A row of the list and its file. */
export type SdkKeyRow = { id: string; name: string; secret: string; created: RowTime; createdBy: string };

export const formerMember = "Someone who has left";

export const toSdkKeyRow = ({ id, name, secretEnd, createdAt, createdBy }: SdkKey, times: DateTimeOptions = {}): SdkKeyRow => ({
  id,
  name,
  secret: maskedSecret(secretEnd),
  created: rowTime(createdAt, times),
  createdBy: createdBy ?? formerMember,
});
