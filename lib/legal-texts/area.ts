import { defineArea } from "../shared/define-area.ts";

export const legalTexts = defineArea({
  name: "legal-texts",
  screenshots: [
    { name: "terms", path: "/terms", visitor: true },
    { name: "privacy", path: "/privacy", visitor: true },
  ],
});
