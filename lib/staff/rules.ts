import { v5 } from "uuid";
import { noRequest, type SystemOrStaffActor } from "@/lib/kernel/account-events";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { parse } from "@/lib/kernel/parse";
import { AppError } from "@/lib/shared/app-error";
import { StaffName } from "@/lib/staff/schema";

const staffNamespace = "b7a1a8a4-53f6-4c79-8f1a-5f0e6d2c9e33";

/** The actor for a staff member; the id is derived from the name. */
export function staffActor(raw: unknown): SystemOrStaffActor {
  const name = parse(StaffName, raw);
  return { kind: "staff", id: v5(name.toLowerCase(), staffNamespace), name };
}

/** The staff member as an actor of an organization: reads all of it that row security shows to staff, and changes nothing. */
export const supportActor = (staff: SystemOrStaffActor, orgId: string, origin: RequestMetadata): Actor => ({
  ...staff,
  email: null,
  orgId,
  membershipId: null,
  grants: [{ role: "super_observer", sites: "all" }],
  origin,
});

/** The error for an organization that does not exist. */
export const unknownOrganizationError = (orgId: string) => new AppError("not_found", `There is no organization with the id ${orgId}`);

/** The staff member on the command line of the server, who does in an organization what its Super Users do. */
export const serverActor = (staff: SystemOrStaffActor, orgId: string): Actor => ({ ...supportActor(staff, orgId, noRequest), grants: [{ role: "super_user", sites: "all" }] });
