import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mails, twoFactors } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { mailPlace, post, unseal } from "@/lib/kernel/outbox";
import { only } from "@/lib/kernel/rows";
import { open, presentHead, seal } from "@/lib/kernel/seal";
import { renewSeals, sealedColumns } from "@/lib/seals/commands";
import { newAddress } from "@/lib/testing/visitors";
import { asOwner, newPerson } from "@/lib/testing/world";
import { pendingSeed } from "@/lib/two-factor/queries";
import { placeOf } from "@/lib/two-factor/rules";

const seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

async function newTotpCredential(keys?: readonly string[]) {
  const { id } = await newPerson();
  await asVisitor({ accountId: id }, (tx) => tx.insert(twoFactors).values({ accountId: id, sealedSecret: seal(seed, placeOf(id), keys) }));
  return id;
}

async function newEmail(): Promise<string> {
  const to = newAddress();
  await asVisitor({}, (tx) => post(tx, { template: "account-deleted", to, props: { at: new Date().toISOString(), from: "here" } }));
  const { id } = await asWorker((tx) => only(tx.select({ id: mails.id }).from(mails).where(eq(mails.recipient, to))));
  return id;
}

const emailCiphertext = (id: string) => asWorker(async (tx) => (await only(tx.select({ sealed: mails.sealedProps }).from(mails).where(eq(mails.id, id)))).sealed);

test("CRY-1: key rotation covers every encrypted column of the schema", async () => {
  const owner = asOwner();
  const columns = await owner<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name like 'sealed%' order by 1`;
  await owner.end();
  expect(Object.keys(sealedColumns).toSorted()).toEqual(columns.map(({ name }) => name));
});

test("CRY-1: values swapped between two rows cannot be decrypted", async () => {
  const [one, other] = [await newTotpCredential(), await newTotpCredential()];
  const owner = asOwner();
  await owner.begin(async (tx) => {
    await tx`alter table two_factors no force row level security`;
    await tx`update two_factors a set sealed_secret = b.sealed_secret from two_factors b
      where (a.account_id, b.account_id) in ((${one}, ${other}), (${other}, ${one}))`;
    await tx`alter table two_factors force row level security`;
  });
  await owner.end();
  for (const id of [one, other]) await expect(pendingSeed(id)).rejects.toThrow("was modified or has another context");

  const [mine, theirs] = [await newEmail(), await newEmail()];
  const foreign = await emailCiphertext(theirs);
  await asWorker((tx) => tx.update(mails).set({ sealedProps: foreign }).where(eq(mails.id, mine)));
  expect(() => unseal(mine, foreign ?? Buffer.alloc(0))).toThrow("was modified or has another context");
  expect(open(foreign ?? Buffer.alloc(0), mailPlace(theirs))).toContain("here");
});

test("CRY-1: undecryptable values are kept and counted, and current values are not touched", async () => {
  const before = await renewSeals();
  const [undecryptable, decryptable, mail] = [await newTotpCredential([randomBytes(48).toString("base64")]), await newTotpCredential(), await newEmail()];
  const ciphertext = await emailCiphertext(mail);
  expect(await renewSeals()).toEqual({ reencrypted: 0, undecryptable: before.undecryptable + 1 });
  await expect(pendingSeed(undecryptable)).rejects.toThrow("set SIGNALBOX_SECRET_PREVIOUS");
  expect(await pendingSeed(decryptable)).toBe(seed);
  expect(await emailCiphertext(mail)).toEqual(ciphertext);
  expect(ciphertext?.subarray(0, 5)).toEqual(presentHead());
});
