import { sectionSet } from "@/lib/shared/settings/section-set";
import { accessPointSections } from "./access-point";
import { information } from "./information";
import { aeroscout, commands, gatewayNetwork, ipAddress, switchNetwork, time } from "./network";

/** The sections of a device profile by the type of its devices, in the order of its page. */
export const deviceProfileSections = {
  ap: sectionSet([information, ...accessPointSections, ipAddress, time, aeroscout]),
  switch: sectionSet([information, switchNetwork, commands]),
  gateway: sectionSet([information, gatewayNetwork, commands]),
};
