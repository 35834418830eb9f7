import { defineArea } from "../shared/define-area.ts";

export const cloudshark = defineArea({
  name: "cloudshark",
  events: { "cloudshark.tested": { text: "Tested the CloudShark connection", noteSeparator: ": " } },
  flashMessages: { "cloudshark-accepted": "CloudShark accepted the token" },
  actions: {
    testCloudSharkAction: {
      permission: "settings.update",
      page: "settings?dialog=test-cloudshark",
      button: "Test connection",
      fields: { token: "{word}" },
      effect: "none",
      showsResults: true,
    },
  },
  screenshots: [{ name: "settings-test-cloudshark", path: "/orgs/[org]/settings?dialog=test-cloudshark", viewportOnly: true }],
});
