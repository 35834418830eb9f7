import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { certificateAuthorities, emailOutbox, linkedAccounts, organizationSecrets, siteSecrets, tokenRevocations, totpCredentials, wlans } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { authorityAad } from "@/lib/certificates/internal";
import { emailAad } from "@/lib/kernel/email-outbox";
import { currentKeyPrefix } from "@/lib/kernel/encryption";
import { tokensAad } from "@/lib/linked-accounts/rules";
import { secretAad } from "@/lib/settings/rules";
import { siteSecretAad } from "@/lib/site-settings/rules";
import { totpAad } from "@/lib/two-factor/rules";
import { wlanSecretsAad } from "@/lib/wlan-templates/rules";

type EncryptedColumn = {
  /** The ids of the rows encrypted with another than the current key. */
  findIds: () => Promise<string[]>;
  /** Stores the result of `reencrypt` for one row, under a row lock. */
  update: (id: string, reencrypt: Reencrypt) => Promise<void>;
};

export type Reencrypt = (ciphertext: Buffer, aad: string) => Buffer | null;

const mailProps: EncryptedColumn = {
  async findIds() {
    const keyPrefix = currentKeyPrefix();
    const usesOldKey = and(isNotNull(emailOutbox.encryptedProps), sql`substr(${emailOutbox.encryptedProps}, 1, ${keyPrefix.length}) <> ${keyPrefix}`);
    const rows = await withWorkerScope((tx) => tx.select({ id: emailOutbox.id }).from(emailOutbox).where(usesOldKey));
    return rows.map(({ id }) => id);
  },
  update: (id, reencrypt) =>
    withWorkerScope(async (tx) => {
      const [row] = await tx.select({ ciphertext: emailOutbox.encryptedProps }).from(emailOutbox).where(eq(emailOutbox.id, id)).for("update");
      const encryptedProps = row?.ciphertext && reencrypt(row.ciphertext, emailAad(id));
      if (encryptedProps) await tx.update(emailOutbox).set({ encryptedProps }).where(eq(emailOutbox.id, id));
    }),
};

const maxRows = 1_000_000;

const twoFactorSecrets: EncryptedColumn = {
  async findIds() {
    const query = sql`select totp_credentials_with_old_key(${currentKeyPrefix()}, ${maxRows}) as id`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  update: (id, reencrypt) =>
    withAuthScope({ accountId: id }, async (tx) => {
      const own = eq(totpCredentials.accountId, id);
      const [row] = await tx.select({ ciphertext: totpCredentials.encryptedSecret }).from(totpCredentials).where(own).for("update");
      const encryptedSecret = row && reencrypt(row.ciphertext, totpAad(id));
      if (encryptedSecret) await tx.update(totpCredentials).set({ encryptedSecret }).where(own);
    }),
};

const settingsSecrets: EncryptedColumn = {
  async findIds() {
    const query = sql`select organization_id || '/' || name as id from organization_secrets_with_old_key(${currentKeyPrefix()}, ${maxRows})`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  async update(id, reencrypt) {
    const [orgId = "", name = ""] = id.split("/");
    await withTenant({ orgId, sites: "all" }, async (tx) => {
      const isRow = and(eq(organizationSecrets.organizationId, orgId), eq(organizationSecrets.name, name));
      const [row] = await tx.select({ ciphertext: organizationSecrets.encryptedValue }).from(organizationSecrets).where(isRow).for("update");
      const encryptedValue = row && reencrypt(row.ciphertext, secretAad(orgId, name));
      if (encryptedValue) await tx.update(organizationSecrets).set({ encryptedValue }).where(isRow);
    });
  },
};

const siteSettingsSecrets: EncryptedColumn = {
  async findIds() {
    const query = sql`select organization_id || '/' || site_id || '/' || name as id from site_secrets_with_old_key(${currentKeyPrefix()}, ${maxRows})`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  async update(id, reencrypt) {
    const [orgId = "", siteId = "", ...rest] = id.split("/");
    const name = rest.join("/");
    await withTenant({ orgId, sites: "all" }, async (tx) => {
      const isRow = and(eq(siteSecrets.siteId, siteId), eq(siteSecrets.name, name));
      const [row] = await tx.select({ ciphertext: siteSecrets.encryptedValue }).from(siteSecrets).where(isRow).for("update");
      const encryptedValue = row && reencrypt(row.ciphertext, siteSecretAad(siteId, name));
      if (encryptedValue) await tx.update(siteSecrets).set({ encryptedValue }).where(isRow);
    });
  },
};

const wlanSecrets: EncryptedColumn = {
  async findIds() {
    const query = sql`select organization_id || '/' || id as id from wlans_with_old_key(${currentKeyPrefix()}, ${maxRows})`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  async update(key, reencrypt) {
    const [orgId = "", id = ""] = key.split("/");
    await withTenant({ orgId, sites: "all" }, async (tx) => {
      const isRow = eq(wlans.id, id);
      const [row] = await tx.select({ ciphertext: wlans.encryptedSecrets }).from(wlans).where(isRow).for("update");
      const encryptedSecrets = row?.ciphertext && reencrypt(row.ciphertext, wlanSecretsAad(id));
      if (encryptedSecrets) await tx.update(wlans).set({ encryptedSecrets }).where(isRow);
    });
  },
};

const authorityKeys: EncryptedColumn = {
  async findIds() {
    const query = sql`select certificate_authorities_with_old_key(${currentKeyPrefix()}, ${maxRows}) as id`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  update: (orgId, reencrypt) =>
    withWorkerScope(async (tx) => {
      const keyPrefix = currentKeyPrefix();
      const usesOldKey = sql`substr(${certificateAuthorities.encryptedPrivateKey}, 1, ${keyPrefix.length}) <> ${keyPrefix}`;
      const columns = { id: certificateAuthorities.id, ciphertext: certificateAuthorities.encryptedPrivateKey };
      const rows = await tx.select(columns).from(certificateAuthorities).where(usesOldKey).for("update");
      for (const { id, ciphertext } of rows) {
        const encryptedPrivateKey = reencrypt(ciphertext, authorityAad(orgId, id));
        if (encryptedPrivateKey) await tx.update(certificateAuthorities).set({ encryptedPrivateKey }).where(eq(certificateAuthorities.id, id));
      }
    }, orgId),
};

const linkedAccountTokens: EncryptedColumn = {
  async findIds() {
    const query = sql`select organization_id || '/' || id as id from linked_accounts_with_old_key(${currentKeyPrefix()}, ${maxRows})`;
    return (await withWorkerScope((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  async update(key, reencrypt) {
    const [orgId = "", id = ""] = key.split("/");
    await withTenant({ orgId, sites: "all" }, async (tx) => {
      const isRow = eq(linkedAccounts.id, id);
      const [row] = await tx.select({ ciphertext: linkedAccounts.encryptedTokens }).from(linkedAccounts).where(isRow).for("update");
      const encryptedTokens = row && reencrypt(row.ciphertext, tokensAad(id));
      if (encryptedTokens) await tx.update(linkedAccounts).set({ encryptedTokens }).where(isRow);
    });
  },
};

const revokedTokens: EncryptedColumn = {
  async findIds() {
    const keyPrefix = currentKeyPrefix();
    const usesOldKey = sql`substr(${tokenRevocations.encryptedTokens}, 1, ${keyPrefix.length}) <> ${keyPrefix}`;
    const rows = await withWorkerScope((tx) => tx.select({ id: tokenRevocations.id }).from(tokenRevocations).where(usesOldKey));
    return rows.map(({ id }) => id);
  },
  update: (id, reencrypt) =>
    withWorkerScope(async (tx) => {
      const isRow = eq(tokenRevocations.id, id);
      const [row] = await tx.select({ ciphertext: tokenRevocations.encryptedTokens }).from(tokenRevocations).where(isRow).for("update");
      const encryptedTokens = row && reencrypt(row.ciphertext, tokensAad(id));
      if (encryptedTokens) await tx.update(tokenRevocations).set({ encryptedTokens }).where(isRow);
    }),
};

/** All encrypted columns; a test compares them with the database catalogue. */
export const encryptedColumns: Record<string, EncryptedColumn> = {
  "certificate_authorities.encrypted_private_key": authorityKeys,
  "email_outbox.encrypted_props": mailProps,
  "linked_accounts.encrypted_tokens": linkedAccountTokens,
  "organization_secrets.encrypted_value": settingsSecrets,
  "site_secrets.encrypted_value": siteSettingsSecrets,
  "token_revocations.encrypted_tokens": revokedTokens,
  "totp_credentials.encrypted_secret": twoFactorSecrets,
  "wlans.encrypted_secrets": wlanSecrets,
};
