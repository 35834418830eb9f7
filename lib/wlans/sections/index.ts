import { sectionSet } from "@/lib/shared/settings/section-set";
import { network } from "./network";
import { security } from "./security";
import { vlan } from "./vlan";

/** The sections of a WLAN, in the order of its page. */
export const wlanSections = sectionSet([network, security, vlan]);
