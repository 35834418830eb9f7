import { closePools } from "@/db/client";
import { migrate } from "@/db/migrate";
import { env, activeSecrets } from "@/lib/env";
import { rotateEncryptionKey } from "@/lib/key-rotation/commands";

const secrets = (count: number) => (count === 1 ? "1 encrypted value" : `${count} encrypted values`);

try {
  await migrate(env().DATABASE_URL);
  const { reencrypted, undecryptable } = await rotateEncryptionKey();
  if (reencrypted > 0) console.log(`Re-encrypted ${secrets(reencrypted)} with the current key.`);
  if (undecryptable > 0) console.warn(`Could not decrypt ${secrets(undecryptable)}. Set SIGNALBOX_SECRET_PREVIOUS to the previous secret and start again.`);
  else if (activeSecrets().length > 1) console.log("SIGNALBOX_SECRET_PREVIOUS is now needed only for cookies issued before the rotation.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closePools();
}
