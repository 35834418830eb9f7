import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, id, moment } from "@/db/columns";
import { authRole, ledgerRole, workerRole } from "@/db/roles";
import { accounts, ownAccount, sessions } from "@/db/schema/accounts";
import { currentLink } from "@/db/settings";
import type { Method, Wanted } from "@/lib/vocabulary/entrance";

const accountId = () => uuid().references(() => accounts.id, { onDelete: "cascade" });

const self = (table: string) =>
  pgPolicy(`${table}_self`, { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount });

/** The secret shared with an authenticator app; active once a first code was verified. */
export const twoFactors = pgTable(
  "totp_credentials",
  {
    accountId: accountId().primaryKey(),
    sealedSecret: bytes().notNull(),
    /** Time step of the last accepted code (30 s each since 1970), so that no code is accepted twice. */
    lastStep: bigint({ mode: "number" }).notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    verifiedAt: moment(),
  },
  () => [self("totp_credentials"), pgPolicy("totp_credentials_definer_read", { for: "select", to: ledgerRole, using: sql`true` })],
);

/** Single-use codes for a lost authenticator, stored hashed. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  { id: id(), accountId: accountId().notNull(), codeHash: bytes().notNull(), usedAt: moment() },
  (t) => [unique("recovery_codes_key").on(t.accountId, t.codeHash), self("recovery_codes")],
);

/** WebAuthn credentials. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    accountId: accountId().notNull(),
    credentialId: bytes().notNull(),
    publicKey: bytes().notNull(),
    counter: bigint({ mode: "number" }).notNull(),
    transports: text().array().notNull(),
    backedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    lastUsedAt: moment(),
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
    subjectHash: bytes().notNull(),
    email: text().notNull(),
    linkedAt: moment().notNull().defaultNow(),
    lastUsedAt: moment(),
  },
  (t) => [
    unique("identities_subject_key").on(t.subjectHash),
    unique("identities_account_key").on(t.accountId, t.issuer),
    pgPolicy("identities_self", {
      for: "all",
      to: authRole,
      using: sql`${ownAccount} or subject_hash = (select ${currentLink})`,
      withCheck: ownAccount,
    }),
  ],
);

/** A pending step that the same browser must finish: second factor, Google redirect or passkey. Single use. */
export const challenges = pgTable(
  "auth_challenges",
  {
    id: id(),
    purpose: text().$type<"second_factor" | "google_sign_in" | "google_link" | "passkey">().notNull(),
    accountId: accountId(),
    sessionId: uuid().references(() => sessions.id, { onDelete: "cascade" }),
    methods: text().array().$type<Method[]>().notNull().default([]),
    wanted: jsonb().$type<Wanted>(),
    /** SHA-256 of the secret in the browser's cookie. */
    secretHash: bytes().notNull(),
    tries: integer().notNull().default(0),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  (t) => [
    unique("auth_challenges_secret_key").on(t.secretHash),
    index("auth_challenges_account").on(t.accountId),
    pgPolicy("auth_challenges_self", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentLink}) or ${ownAccount}`,
      withCheck: sql`secret_hash = (select ${currentLink}) or ${ownAccount}`,
    }),
    pgPolicy("auth_challenges_expired", { for: "all", to: workerRole, using: sql`expires_at < now() - interval '1 hour'` }),
  ],
);
