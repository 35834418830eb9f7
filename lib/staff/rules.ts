import { v5 } from "uuid";
import type { SystemOrStaffActor } from "@/lib/kernel/account-events";
import { parse } from "@/lib/kernel/parse";
import { StaffName } from "@/lib/staff/schema";

const staffNamespace = "b7a1a8a4-53f6-4c79-8f1a-5f0e6d2c9e33";

/** The actor for a staff member; the id is derived from the name. */
export function staffActor(raw: unknown): SystemOrStaffActor {
  const name = parse(StaffName, raw);
  return { kind: "staff", id: v5(name.toLowerCase(), staffNamespace), name };
}
