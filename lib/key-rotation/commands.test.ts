import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { emailOutbox, totpCredentials } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { emailAad, enqueueEmail, decryptProps } from "@/lib/kernel/email-outbox";
import { expectOne } from "@/lib/kernel/expect-one";
import { decrypt, currentKeyPrefix, encrypt } from "@/lib/kernel/encryption";
import { rotateEncryptionKey } from "@/lib/key-rotation/commands";
import { encryptedColumns } from "@/lib/key-rotation/internal";
import { newEmailAddress } from "@/lib/testing/sign-in";
import { connectAsOwner, newAccount } from "@/lib/testing/fixtures";
import { getPendingTotpSecret } from "@/lib/two-factor/queries";
import { totpAad } from "@/lib/two-factor/rules";

const seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

async function newTotpCredential(keys?: readonly string[]) {
  const { id } = await newAccount();
  await withAuthScope({ accountId: id }, (tx) => tx.insert(totpCredentials).values({ accountId: id, encryptedSecret: encrypt(seed, totpAad(id), keys) }));
  return id;
}

async function newEmail(): Promise<string> {
  const to = newEmailAddress();
  await withAuthScope({}, (tx) => enqueueEmail(tx, { template: "account-deleted", to, props: { at: new Date().toISOString(), from: "here" } }));
  const { id } = await withWorkerScope((tx) => expectOne(tx.select({ id: emailOutbox.id }).from(emailOutbox).where(eq(emailOutbox.recipient, to))));
  return id;
}

const emailCiphertext = (id: string) => withWorkerScope(async (tx) => (await expectOne(tx.select({ sealed: emailOutbox.encryptedProps }).from(emailOutbox).where(eq(emailOutbox.id, id)))).sealed);

test("CRY-1: key rotation covers every encrypted column of the schema", async () => {
  const owner = connectAsOwner();
  const columns = await owner<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name like 'encrypted%' order by 1`;
  await owner.end();
  expect(Object.keys(encryptedColumns).toSorted()).toEqual(columns.map(({ name }) => name));
});

test("CRY-1: values swapped between two rows cannot be decrypted", async () => {
  const [one, other] = [await newTotpCredential(), await newTotpCredential()];
  const owner = connectAsOwner();
  await owner.begin(async (tx) => {
    await tx`alter table totp_credentials no force row level security`;
    await tx`update totp_credentials a set encrypted_secret = b.encrypted_secret from totp_credentials b
      where (a.account_id, b.account_id) in ((${one}, ${other}), (${other}, ${one}))`;
    await tx`alter table totp_credentials force row level security`;
  });
  await owner.end();
  for (const id of [one, other]) await expect(getPendingTotpSecret(id)).rejects.toThrow("was modified or has another context");

  const [mine, theirs] = [await newEmail(), await newEmail()];
  const foreign = await emailCiphertext(theirs);
  await withWorkerScope((tx) => tx.update(emailOutbox).set({ encryptedProps: foreign }).where(eq(emailOutbox.id, mine)));
  expect(() => decryptProps(mine, foreign ?? Buffer.alloc(0))).toThrow("was modified or has another context");
  expect(decrypt(foreign ?? Buffer.alloc(0), emailAad(theirs))).toContain("here");
});

test("CRY-1: undecryptable values are kept and counted, and current values are not touched", async () => {
  const before = await rotateEncryptionKey();
  const [undecryptable, decryptable, mail] = [await newTotpCredential([randomBytes(48).toString("base64")]), await newTotpCredential(), await newEmail()];
  const ciphertext = await emailCiphertext(mail);
  expect(await rotateEncryptionKey()).toEqual({ reencrypted: 0, undecryptable: before.undecryptable + 1 });
  await expect(getPendingTotpSecret(undecryptable)).rejects.toThrow("set SIGNALBOX_SECRET_PREVIOUS");
  expect(await getPendingTotpSecret(decryptable)).toBe(seed);
  expect(await emailCiphertext(mail)).toEqual(ciphertext);
  expect(ciphertext?.subarray(0, 5)).toEqual(currentKeyPrefix());
});
