import { sectionSet } from "@/lib/shared/settings/section-set";
import { accessPointSettings } from "./access-point-settings";
import { advancedThreatPrevention } from "./advanced-threat-prevention";
import { apConfigPersistence } from "./ap-config-persistence";
import { apFirmwareUpgrade } from "./ap-firmware-upgrade";
import { apUplinkMonitoring } from "./ap-uplink-monitoring";
import { bluetoothLocation } from "./bluetooth-location";
import { coaDmServer } from "./coa-dm-server";
import { engagementAnalytics } from "./engagement-analytics";
import { information } from "./information";
import { location } from "./location";
import { notes } from "./notes";
import { occupancyAnalytics } from "./occupancy-analytics";
import { radiusProxy } from "./radius-proxy";
import { rfTemplate } from "./rf-template";
import { securityConfiguration } from "./security-configuration";
import { sessionSmartConductor } from "./session-smart-conductor";
import { siteGroups } from "./site-groups";
import { siteProxy } from "./site-proxy";
import { siteVariables } from "./site-variables";
import { switchManagement } from "./switch-management";
import { tunnels } from "./tunnels";
import { upstreamResourceMonitoring } from "./upstream-resource-monitoring";
import { wanEdgeAdvancedSecurity } from "./wan-edge-advanced-security";
import { wanEdgeManagement } from "./wan-edge-management";
import { webhooks } from "./webhooks";
import { wifiLocation } from "./wifi-location";
import { wirelessMesh } from "./wireless-mesh";
import { zones } from "./zones";

/** The sections of a site in the order of its page. Form, document, history, effective configuration and bulk edit are made from this list. */
export const siteSections = sectionSet([
  information,
  location,
  notes,
  rfTemplate,
  siteGroups,
  apFirmwareUpgrade,
  bluetoothLocation,
  wifiLocation,
  accessPointSettings,
  wirelessMesh,
  switchManagement,
  wanEdgeManagement,
  sessionSmartConductor,
  siteProxy,
  engagementAnalytics,
  occupancyAnalytics,
  webhooks,
  securityConfiguration,
  apConfigPersistence,
  apUplinkMonitoring,
  advancedThreatPrevention,
  tunnels,
  radiusProxy,
  upstreamResourceMonitoring,
  coaDmServer,
  wanEdgeAdvancedSecurity,
  siteVariables,
  zones,
]);
