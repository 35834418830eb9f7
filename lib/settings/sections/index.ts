import { applicationInsights } from "./application-insights";
import { certificates } from "./certificates";
import { cloudshark } from "./cloudshark";
import { deleteOrganization } from "./delete-organization";
import { installer } from "./installer";
import { managementConnection } from "./management-connection";
import { organization } from "./organization";
import { passwordPolicy } from "./password-policy";
import type { Section, SettingsField } from "./section";
import { sessionPolicy } from "./session-policy";
import { sessionSmartConductor } from "./session-smart-conductor";
import { supportAccess } from "./support-access";
import { switchManagement } from "./switch-management";
import { thirdPartyToken } from "./third-party-token";

/** The sections of the settings in the order of the page. Form, document, history and YAML are made from this list. */
export const sections: readonly Section[] = [
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
];

/** All fields by their name in the form. */
export const fields: Readonly<Record<string, SettingsField>> = Object.assign({}, ...sections.map((section) => section.fields));

const namesOfKind = (kind: SettingsField["control"]["kind"]): readonly string[] =>
  Object.entries(fields).flatMap(([name, { control }]) => (control.kind === kind ? [name] : []));

/** The names of the fields that hold a secret. */
export const secretNames = namesOfKind("secret");

/** The names of the fields that list sites. */
export const siteListNames = namesOfKind("sites");

/** The schema of every value of the document, by its path. */
export const documentPaths = Object.assign({}, ...sections.flatMap((section) => [section.document, ...Object.values(section.fields).map(({ document }) => document)])) as Record<
  string,
  SettingsField["document"][string]
>;

/** Every secret that is sent to an address of the settings, with the path of that address. */
export const secretsSentTo: Readonly<Record<string, string>> = Object.assign({}, ...sections.map((section) => section.secretsSentTo));
