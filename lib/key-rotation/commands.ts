import "server-only";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { encryptedColumns, type Reencrypt } from "@/lib/key-rotation/internal";

/** Re-encrypts all values of old keys with the current key, row by row; values that no key decrypts stay and are counted. */
export async function rotateEncryptionKey(): Promise<{ reencrypted: number; undecryptable: number }> {
  const result = { reencrypted: 0, undecryptable: 0 };
  const reencrypt: Reencrypt = (ciphertext, aad) => {
    try {
      const value = encrypt(decrypt(ciphertext, aad), aad);
      result.reencrypted += 1;
      return value;
    } catch {
      result.undecryptable += 1;
      return null;
    }
  };
  for (const { findIds, update } of Object.values(encryptedColumns)) {
    for (const id of await findIds()) await update(id, reencrypt);
  }
  return result;
}
