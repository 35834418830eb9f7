import { defineArea } from "../shared/define-area.ts";

export const policyImpact = defineArea({
  name: "policy-impact",
  functions: { "members_touched_by_policy(jsonb, jsonb, uuid)": ["app"] },
});
