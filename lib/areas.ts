// Node runs this file without a bundler, so imports are relative with file extensions.
import { accessExpiry } from "./access-expiry/area.ts";
import { accessReviews } from "./access-reviews/area.ts";
import { accountDeletion } from "./account-deletion/area.ts";
import { accounts } from "./accounts/area.ts";
import { administrators } from "./administrators/area.ts";
import { audit } from "./audit/area.ts";
import { auditChain } from "./audit-chain/area.ts";
import { authChallenges } from "./auth-challenges/area.ts";
import { certificates } from "./certificates/area.ts";
import { cloudshark } from "./cloudshark/area.ts";
import { dataExport } from "./data-export/area.ts";
import { deviceProfiles } from "./device-profiles/area.ts";
import { effectiveAccess } from "./effective-access/area.ts";
import { effectiveSettings } from "./effective-settings/area.ts";
import { emailChanges } from "./email-changes/area.ts";
import { firewall } from "./firewall/area.ts";
import { firmware } from "./firmware/area.ts";
import { identities } from "./identities/area.ts";
import { invitationAcceptance } from "./invitation-acceptance/area.ts";
import { invitations } from "./invitations/area.ts";
import { keyRotation } from "./key-rotation/area.ts";
import { legalTexts } from "./legal-texts/area.ts";
import { linkedAccounts } from "./linked-accounts/area.ts";
import { loginTerms } from "./login-terms/area.ts";
import { mail } from "./mail/area.ts";
import { mobileSdk } from "./mobile-sdk/area.ts";
import { msps } from "./msps/area.ts";
import { notifications } from "./notifications/area.ts";
import { organizationDeletion } from "./organization-deletion/area.ts";
import { organizationDocuments } from "./organization-documents/area.ts";
import { organizationImport } from "./organization-import/area.ts";
import { organizationMsps } from "./organization-msps/area.ts";
import { organizations } from "./organizations/area.ts";
import { overview } from "./overview/area.ts";
import { passkeys } from "./passkeys/area.ts";
import { passwordExpiry } from "./password-expiry/area.ts";
import { places } from "./places/area.ts";
import { policyImpact } from "./policy-impact/area.ts";
import { profile } from "./profile/area.ts";
import { reauthentication } from "./reauthentication/area.ts";
import { rfTemplates } from "./rf-templates/area.ts";
import { savedViews } from "./saved-views/area.ts";
import { sdkEnrollment } from "./sdk-enrollment/area.ts";
import { search } from "./search/area.ts";
import { sessions } from "./sessions/area.ts";
import { settings } from "./settings/area.ts";
import { settingsHistory } from "./settings-history/area.ts";
import { siteMap } from "./site-map/area.ts";
import { siteBulkEdit } from "./site-bulk-edit/area.ts";
import { siteGroups } from "./site-groups/area.ts";
import { siteImports } from "./site-imports/area.ts";
import { siteSettings } from "./site-settings/area.ts";
import { sites } from "./sites/area.ts";
import { staff } from "./staff/area.ts";
import { twoFactor } from "./two-factor/area.ts";
import { usageAnalytics } from "./usage-analytics/area.ts";
import { variableImport } from "./variable-import/area.ts";
import { wlanTemplates } from "./wlan-templates/area.ts";
import { wlans } from "./wlans/area.ts";

/** All areas, in the order of the side menu. Registries, privileges, menus and catalogue tests derive from this list. */
export const areas = [
  overview,
  administrators,
  invitations,
  accessReviews,
  effectiveAccess,
  audit,
  auditChain,
  mobileSdk,
  sites,
  settings,
  settingsHistory,
  cloudshark,
  linkedAccounts,
  organizations,
  organizationDeletion,
  organizationDocuments,
  organizationImport,
  savedViews,
  search,
  accessExpiry,
  accountDeletion,
  accounts,
  authChallenges,
  certificates,
  dataExport,
  emailChanges,
  firewall,
  firmware,
  identities,
  invitationAcceptance,
  keyRotation,
  legalTexts,
  loginTerms,
  mail,
  msps,
  organizationMsps,
  notifications,
  passkeys,
  passwordExpiry,
  places,
  policyImpact,
  profile,
  reauthentication,
  sdkEnrollment,
  sessions,
  staff,
  twoFactor,
  usageAnalytics,
  siteGroups,
  siteMap,
  siteSettings,
  effectiveSettings,
  siteBulkEdit,
  siteImports,
  variableImport,
  rfTemplates,
  wlanTemplates,
  wlans,
  deviceProfiles,
] as const;
