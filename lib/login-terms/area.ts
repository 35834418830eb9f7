import { defineArea } from "../shared/define-area.ts";

export const loginTerms = defineArea({
  name: "login-terms",
  events: { "notice.accepted": "Accepted login notice" },
});
