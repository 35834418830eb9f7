import { defineArea } from "../shared/define-area.ts";

export const authChallenges = defineArea({
  name: "auth-challenges",
  silentConstraints: {
    auth_challenges_secret_key: "random; a challenge that is used twice is ignored",
  },
  tables: { auth_challenges: { worker: "select (id, expires_at), delete", auth: "select, insert, update, delete" } },
});
