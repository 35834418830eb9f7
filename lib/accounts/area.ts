import { defineArea } from "../shared/define-area.ts";

const accountColumns =
  "select (id, email, first_name, last_name, search_text, phone, time_zone, hour_cycle, mac_format, last_sign_in_at, suspended_at, password_changed_at, two_factor_enabled_at)";
const crud = "select, insert, update, delete";

export const accounts = defineArea({
  name: "accounts",
  events: {
    "account.created": "Created account",
    "password.reset": "Reset password",
  },
  constraints: { accounts_email_key: { field: "email", message: "Another account now uses this address. Choose a different one" } },
  silentConstraints: {
    email_tokens_secret_key: "random",
  },
  flashMessages: {
    "mail-sent-again": "Email sent again",
    "password-changed": "Your new password is set. Sign in with it",
    "password-changed-of-several": "Your new password is set. Sign in with it, then review the other ways to sign in",
  },
  tables: {
    accounts: { app: accountColumns, worker: accountColumns, auth: crud },
    account_events: { auth: "select, insert" },
    email_tokens: {
      app: "select (id, membership_id, purpose, created_at, expires_at, consumed_at, voided_at), insert, update (voided_at)",
      worker: "select (id, membership_id, purpose, expires_at, consumed_at, voided_at), update (voided_at), delete",
      auth: crud,
    },
  },
  queues: { "account.recover": {}, "account.sign_up": {} },
  screenshots: [
    { name: "create-account", path: "/create-account", visitor: true },
    { name: "create-account-error", path: "/create-account", visitor: true, press: "Create Account" },
    { name: "create-account-sent", path: "/create-account?request=[signUp]", visitor: true },
    { name: "verify", path: "/verify/[verify]", visitor: true },
    { name: "verify-dead", path: "/verify/no-such-link", visitor: true },
    { name: "recover", path: "/recover", visitor: true },
    { name: "recover-sent", path: "/recover/sent", visitor: true },
    { name: "reset", path: "/reset/[reset]", visitor: true },
    { name: "reset-error", path: "/reset/[reset]", visitor: true, press: "Set new password" },
    { name: "reset-dead", path: "/reset/no-such-link", visitor: true },
  ],
});
