import { defineArea } from "../shared/define-area.ts";

export const places = defineArea({
  name: "places",
  downloads: { "sites/places": { permission: "site.update", path: "sites/places?search=kiel" } },
});
