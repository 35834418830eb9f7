import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { authRole, definerRole, workerRole } from "@/db/roles";
import { accounts, isOwnAccount, sessions } from "@/db/schema/accounts";
import { currentTokenHash } from "@/db/session-variables";
import type { AuthMethod } from "@/lib/shared/login-flow";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";

const accountId = () => uuid().references(() => accounts.id, { onDelete: "cascade" });

const self = (table: string) =>
  pgPolicy(`${table}_self`, { for: "all", to: authRole, using: isOwnAccount, withCheck: isOwnAccount });

/** The secret shared with an authenticator app; active once a first code was verified. */
export const totpCredentials = pgTable(
  "totp_credentials",
  {
    accountId: accountId().primaryKey(),
    encryptedSecret: bytea().notNull(),
    /** Time step of the last accepted code (30 s each since 1970), so that no code is accepted twice. */
    lastStep: bigint({ mode: "number" }).notNull().default(0),
    createdAt: timestamptz().notNull().defaultNow(),
    verifiedAt: timestamptz(),
  },
  () => [self("totp_credentials"), pgPolicy("totp_credentials_definer_read", { for: "select", to: definerRole, using: sql`true` })],
);

/** Single-use codes for a lost authenticator, stored hashed. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  { id: id(), accountId: accountId().notNull(), codeHash: bytea().notNull(), usedAt: timestamptz() },
  (t) => [unique("recovery_codes_key").on(t.accountId, t.codeHash), self("recovery_codes")],
);

/** WebAuthn credentials. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    accountId: accountId().notNull(),
    credentialId: bytea().notNull(),
    publicKey: bytea().notNull(),
    counter: bigint({ mode: "number" }).notNull(),
    transports: text().array().notNull(),
    backedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: timestamptz().notNull().defaultNow(),
    lastUsedAt: timestamptz(),
  },
  (t) => [
    unique("passkeys_credential_key").on(t.credentialId),
    index("passkeys_account").on(t.accountId),
    self("passkeys"),
  ],
);

/** Linked accounts of identity providers, matched by issuer and subject, never by email address. */
export const identities = pgTable(
  "identities",
  {
    id: id(),
    accountId: accountId().notNull(),
    issuer: text().notNull(),
    subject: text().notNull(),
    /** SHA-256 of issuer and subject, so that row security can match the row before the account is known. */
    subjectHash: bytea().notNull(),
    email: text().notNull(),
    linkedAt: timestamptz().notNull().defaultNow(),
    lastUsedAt: timestamptz(),
  },
  (t) => [
    unique("identities_subject_key").on(t.subjectHash),
    unique("identities_account_key").on(t.accountId, t.issuer),
    pgPolicy("identities_self", {
      for: "all",
      to: authRole,
      using: sql`${isOwnAccount} or subject_hash = (select ${currentTokenHash})`,
      withCheck: isOwnAccount,
    }),
  ],
);

/** A pending step that the same browser must finish: second factor, Google redirect or passkey. Single use. */
export const authChallenges = pgTable(
  "auth_challenges",
  {
    id: id(),
    purpose: text().$type<"second_factor" | "google_sign_in" | "google_link" | "passkey" | "account_link">().notNull(),
    accountId: accountId(),
    sessionId: uuid().references(() => sessions.id, { onDelete: "cascade" }),
    methods: text().array().$type<AuthMethod[]>().notNull().default([]),
    unmetPasswordRules: jsonb().$type<UnmetPasswordRules>(),
    /** SHA-256 of the secret in the browser's cookie. */
    secretHash: bytea().notNull(),
    attempts: integer().notNull().default(0),
    expiresAt: timestamptz().notNull(),
    consumedAt: timestamptz(),
  },
  (t) => [
    unique("auth_challenges_secret_key").on(t.secretHash),
    index("auth_challenges_account").on(t.accountId),
    pgPolicy("auth_challenges_self", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentTokenHash}) or ${isOwnAccount}`,
      withCheck: sql`secret_hash = (select ${currentTokenHash}) or ${isOwnAccount}`,
    }),
    pgPolicy("auth_challenges_expired", { for: "all", to: workerRole, using: sql`expires_at < now() - interval '1 hour'` }),
  ],
);
