import { sectionSet } from "@/lib/shared/settings/section-set";
import { applicationInsights } from "./application-insights";
import { certificates } from "./certificates";
import { cloudshark } from "./cloudshark";
import { deleteOrganization } from "./delete-organization";
import { installer } from "./installer";
import { managementConnection } from "./management-connection";
import { organization } from "./organization";
import { passwordPolicy } from "./password-policy";
import { sessionPolicy } from "./session-policy";
import { sessionSmartConductor } from "./session-smart-conductor";
import { supportAccess } from "./support-access";
import { switchManagement } from "./switch-management";
import { thirdPartyToken } from "./third-party-token";

/** The sections of the settings in the order of the page. Form, document, history and YAML are made from this list. */
export const settingsSections = sectionSet([
  organization,
  passwordPolicy,
  sessionPolicy,
  switchManagement,
  thirdPartyToken,
  managementConnection,
  supportAccess,
  certificates,
  cloudshark,
  applicationInsights,
  installer,
  sessionSmartConductor,
  deleteOrganization,
]);

export const { sections, fields, secretNames, siteListNames, documentPaths, secretsSentTo } = settingsSections;
