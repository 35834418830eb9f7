import { defineArea } from "../shared/define-area.ts";

const crud = "select, insert, update, delete";

export const sessions = defineArea({
  name: "sessions",
  events: {
    "session.started": "Signed in",
    "session.refused": { text: "Sign-in refused", noteSeparator: ": " },
    "session.ended": "Signed out",
    "session.revoked": "Ended session",
  },
  silentConstraints: {
    rate_limit_counters_pkey: "upserted",
    sessions_secret_key: "random",
  },
  flashMessages: {
    "signed-out": "You are signed out",
    "session-ended": "Session ended",
    "other-sessions-ended": "All other browsers are signed out",
  },
  tables: {
    sessions: { worker: "select (id, auth_time), delete", auth: crud },
    rate_limit_counters: { app: "select, insert, update", worker: "select, delete", auth: "select, insert, update" },
  },
  queues: { "session.refuse": {}, "session.tidy": { retryLimit: 3 } },
  screenshots: [
    { name: "sign-in", path: "/sign-in", visitor: true },
    { name: "sign-in-org", path: "/sign-in?org=[org]", visitor: true },
    { name: "sign-in-error", path: "/sign-in", visitor: true, press: "Sign in" },
    { name: "sign-in-again", path: "/sign-in/code", visitor: true },
    { name: "account-end-sessions", path: "/account?dialog=end-sessions", viewportOnly: true },
  ],
});
