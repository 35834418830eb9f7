import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { mails, twoFactors } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { mailPlace } from "@/lib/kernel/outbox";
import { open, presentHead, seal } from "@/lib/kernel/seal";
import { placeOf } from "@/lib/two-factor/rules";

type SealedColumn = {
  /** The rows that another key than the present one has sealed. */
  find: () => Promise<string[]>;
  /** Hands the sealed value of a row to `anew` and keeps what comes of it, unless somebody was quicker. */
  renew: (id: string, anew: Renewal) => Promise<void>;
};

type Renewal = (sealed: Buffer, place: string) => Buffer | null;

const mailProps: SealedColumn = {
  async find() {
    const head = presentHead();
    const otherwise = and(isNotNull(mails.sealedProps), sql`substr(${mails.sealedProps}, 1, ${head.length}) <> ${head}`);
    const found = await asWorker((tx) => tx.select({ id: mails.id }).from(mails).where(otherwise));
    return found.map(({ id }) => id);
  },
  renew: (id, anew) =>
    asWorker(async (tx) => {
      const [row] = await tx.select({ sealed: mails.sealedProps }).from(mails).where(eq(mails.id, id)).for("update");
      const sealedProps = row?.sealed && anew(row.sealed, mailPlace(id));
      if (sealedProps) await tx.update(mails).set({ sealedProps }).where(eq(mails.id, id));
    }),
};

const most = 1_000_000;

const twoFactorSecrets: SealedColumn = {
  async find() {
    const which = sql`select two_factors_sealed_otherwise(${presentHead()}, ${most}) as id`;
    return (await asWorker((tx) => tx.execute<{ id: string }>(which))).map(({ id }) => id);
  },
  renew: (id, anew) =>
    asVisitor({ accountId: id }, async (tx) => {
      const own = eq(twoFactors.accountId, id);
      const [row] = await tx.select({ sealed: twoFactors.sealedSecret }).from(twoFactors).where(own).for("update");
      const sealedSecret = row && anew(row.sealed, placeOf(id));
      if (sealedSecret) await tx.update(twoFactors).set({ sealedSecret }).where(own);
    }),
};

/** Every column that holds sealed values; a test holds it against the catalogue (CRY-1). */
export const sealedColumns: Record<string, SealedColumn> = {
  "mails.sealed_props": mailProps,
  "two_factors.sealed_secret": twoFactorSecrets,
};

/**
 * Seals with the present key whatever another one sealed, a row at a time and however often, so that the secret before
 * can be forgotten. What no key here opens stays as it is, and is counted (CRY-1).
 */
export async function renewSeals(): Promise<{ renewed: number; closed: number }> {
  const outcome = { renewed: 0, closed: 0 };
  const anew: Renewal = (sealed, place) => {
    try {
      const value = seal(open(sealed, place), place);
      outcome.renewed += 1;
      return value;
    } catch {
      outcome.closed += 1;
      return null;
    }
  };
  for (const { find, renew } of Object.values(sealedColumns)) {
    for (const id of await find()) await renew(id, anew);
  }
  return outcome;
}
