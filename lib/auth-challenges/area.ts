import { defineArea } from "../shared/define-area.ts";

export const authChallenges = defineArea({
  name: "auth-challenges",
  tables: { auth_challenges: { worker: "select (id, expires_at), delete", auth: "select, insert, update, delete" } },
});
