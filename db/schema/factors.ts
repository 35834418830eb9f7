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

/** The secret that an account shares with an authenticator app; it counts from the first right code on (ACC-22). */
export const twoFactors = pgTable(
  "two_factors",
  {
    accountId: accountId().primaryKey(),
    sealedSecret: bytes().notNull(),
    /** The step of the last code that was accepted, 30 seconds each since 1970: no code counts twice. */
    lastStep: bigint({ mode: "number" }).notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    verifiedAt: moment(),
  },
  () => [self("two_factors"), pgPolicy("two_factors_to_seal_anew", { for: "select", to: ledgerRole, using: sql`true` })],
);

/** What opens an account when the authenticator is lost: each once, stored hashed. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  { id: id(), accountId: accountId().notNull(), codeHash: bytes().notNull(), usedAt: moment() },
  (t) => [unique("recovery_codes_key").on(t.accountId, t.codeHash), self("recovery_codes")],
);

/** A key pair that a device or a password keeper holds for an account (WebAuthn). */
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

/** An account elsewhere that opens this one: known by issuer and subject, never by an address (SSO-5). */
export const identities = pgTable(
  "identities",
  {
    id: id(),
    accountId: accountId().notNull(),
    issuer: text().notNull(),
    subject: text().notNull(),
    /** SHA-256 of issuer and subject: whoever was sent by the issuer claims this one row. */
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

/** Something a browser has begun and must itself finish: a second factor, a way to Google and back. Works once. */
export const challenges = pgTable(
  "challenges",
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
    unique("challenges_secret_key").on(t.secretHash),
    index("challenges_account").on(t.accountId),
    pgPolicy("challenges_held", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentLink}) or ${ownAccount}`,
      withCheck: sql`secret_hash = (select ${currentLink}) or ${ownAccount}`,
    }),
    pgPolicy("challenges_over", { for: "all", to: workerRole, using: sql`expires_at < now() - interval '1 hour'` }),
  ],
);
