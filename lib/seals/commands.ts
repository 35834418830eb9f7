import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { mails, twoFactors } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { mailPlace } from "@/lib/kernel/outbox";
import { open, presentHead, seal } from "@/lib/kernel/seal";
import { placeOf } from "@/lib/two-factor/rules";

type EncryptedColumn = {
  /** The ids of the rows encrypted with another than the current key. */
  findIds: () => Promise<string[]>;
  /** Stores the result of `reencrypt` for one row, under a row lock. */
  update: (id: string, reencrypt: Reencrypt) => Promise<void>;
};

type Reencrypt = (ciphertext: Buffer, aad: string) => Buffer | null;

const mailProps: EncryptedColumn = {
  async findIds() {
    const keyPrefix = presentHead();
    const usesOldKey = and(isNotNull(mails.sealedProps), sql`substr(${mails.sealedProps}, 1, ${keyPrefix.length}) <> ${keyPrefix}`);
    const rows = await asWorker((tx) => tx.select({ id: mails.id }).from(mails).where(usesOldKey));
    return rows.map(({ id }) => id);
  },
  update: (id, reencrypt) =>
    asWorker(async (tx) => {
      const [row] = await tx.select({ ciphertext: mails.sealedProps }).from(mails).where(eq(mails.id, id)).for("update");
      const sealedProps = row?.ciphertext && reencrypt(row.ciphertext, mailPlace(id));
      if (sealedProps) await tx.update(mails).set({ sealedProps }).where(eq(mails.id, id));
    }),
};

const maxRows = 1_000_000;

const twoFactorSecrets: EncryptedColumn = {
  async findIds() {
    const query = sql`select two_factors_sealed_otherwise(${presentHead()}, ${maxRows}) as id`;
    return (await asWorker((tx) => tx.execute<{ id: string }>(query))).map(({ id }) => id);
  },
  update: (id, reencrypt) =>
    asVisitor({ accountId: id }, async (tx) => {
      const own = eq(twoFactors.accountId, id);
      const [row] = await tx.select({ ciphertext: twoFactors.sealedSecret }).from(twoFactors).where(own).for("update");
      const sealedSecret = row && reencrypt(row.ciphertext, placeOf(id));
      if (sealedSecret) await tx.update(twoFactors).set({ sealedSecret }).where(own);
    }),
};

/** All encrypted columns; a test compares them with the database catalogue. */
export const sealedColumns: Record<string, EncryptedColumn> = {
  "mails.sealed_props": mailProps,
  "two_factors.sealed_secret": twoFactorSecrets,
};

/** Re-encrypts all values of old keys with the current key, row by row; values that no key decrypts stay and are counted. */
export async function renewSeals(): Promise<{ reencrypted: number; undecryptable: number }> {
  const result = { reencrypted: 0, undecryptable: 0 };
  const reencrypt: Reencrypt = (ciphertext, aad) => {
    try {
      const value = seal(open(ciphertext, aad), aad);
      result.reencrypted += 1;
      return value;
    } catch {
      result.undecryptable += 1;
      return null;
    }
  };
  for (const { findIds, update } of Object.values(sealedColumns)) {
    for (const id of await findIds()) await update(id, reencrypt);
  }
  return result;
}
