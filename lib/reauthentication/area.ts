import { defineArea } from "../shared/define-area.ts";

export const reauthentication = defineArea({
  name: "reauthentication",
  events: { "session.confirmed": "Confirmed identity" },
});
