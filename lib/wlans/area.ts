import { defineArea } from "../shared/define-area.ts";

export const wlans = defineArea({
  name: "wlans",
  events: {
    "wlan.created": "Added WLAN {subject}",
    "wlan.updated": "Changed {fields} of WLAN {subject}",
    "wlan.deleted": "Deleted WLAN {subject}",
  },
  constraints: { wlans_template_same_org: { message: "WLAN template not found", code: "not_found" } },
  flashMessages: { "wlan-created": "WLAN added", "wlan-saved": "WLAN saved", "wlan-deleted": "WLAN deleted" },
  pages: {
    "wlan-templates/[templateId]/wlans/new": { permission: "template.update", path: "wlan-templates/[wlanTemplate]/wlans/new" },
    "wlans/[wlanId]": { permission: "template.read", path: "wlans/[wlan]" },
  },
  actions: {
    createWlanAction: { permission: "template.update", page: "wlan-templates/[wlanTemplate]/wlans/new", button: "Add WLAN", fields: { ssid: "{word}" }, shownOn: "wlan-templates/[wlanTemplate]", target: "wlanTemplate", effect: "none" },
    updateWlanAction: { permission: "template.update", page: "wlans/[wlan]", button: "Save", fields: { ssid: "{word}" }, target: "wlan", effect: "changed" },
    deleteWlanAction: { permission: "template.update", page: "wlans/[wlan]?dialog=delete", button: "Delete WLAN", target: "wlan", effect: "deleted" },
  },
  demoTargets: { wlan: { list: "wlans", deletedBy: "deleteWlanAction", isInserted: true } },
  screenshots: [{ name: "wlan", path: "/orgs/[org]/wlans/[wlan]" }],
  tables: { wlans: { app: "select, insert, update, delete", worker: "select, update" } },
  organizationRows: { wlans: "a part of the WLAN templates" },
});
