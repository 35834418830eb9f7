import "server-only";
import { eq } from "drizzle-orm";
import { organizations, sdkKeys } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { exporting } from "@/lib/kernel/export";
import { generateSecret, hashSecret } from "@/lib/kernel/secrets";
import { readSdkKeyBatch } from "@/lib/mobile-sdk/queries";
import { endOf, mostKeys, secretPrefix, tooManyKeysError } from "@/lib/mobile-sdk/rules";
import { CreateSdkKey, ExportSdkKeys, RevokeSdkKey } from "@/lib/mobile-sdk/schema";
import { notFoundError } from "@/lib/shared/app-error";

/** Creates an SDK key and returns its secret, of which only a hash is stored. */
export const createSdkKey = command({
  permission: "sdk_key.create",
  input: CreateSdkKey,
  async run({ tx, actor, record }, { name }) {
    // Two who create the last key at once are counted one after the other.
    await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, actor.orgId)).for("no key update");
    if ((await tx.$count(sdkKeys)) >= mostKeys) throw tooManyKeysError();
    const secret = `${secretPrefix}${generateSecret()}`;
    const stored = { name, secretHash: hashSecret(secret), secretEnd: endOf(secret), createdBy: actor.kind === "account" ? actor.id : null };
    const { id } = await expectOne(tx.insert(sdkKeys).values(stored).returning({ id: sdkKeys.id }));
    await record("sdk_key.created", { subject: { id, label: name }, after: { name } });
    return { id, name, secret };
  },
});

/** Revokes an SDK key: its link and whatever uses it stop working. */
export const revokeSdkKey = command({
  permission: "sdk_key.revoke",
  input: RevokeSdkKey,
  async run({ tx, record }, { sdkKeyId }) {
    const [before] = await tx.delete(sdkKeys).where(eq(sdkKeys.id, sdkKeyId)).returning({ id: sdkKeys.id, name: sdkKeys.name });
    if (!before) throw notFoundError("SDK key");
    await record("sdk_key.revoked", { subject: { id: before.id, label: before.name }, before: { name: before.name } });
    return before;
  },
});

const recordExport = command({
  permission: "sdk_key.read",
  input: ExportSdkKeys,
  async run({ actor, record }, { search }) {
    await record("sdk_key.exported", { subject: { id: actor.orgId, label: "SDK keys" }, after: { search } });
  },
});

/** Streams all SDK keys that match a filter in batches, after writing the audit entry of the export. */
export const exportSdkKeys = exporting(recordExport, readSdkKeyBatch);
