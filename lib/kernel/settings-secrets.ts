import "server-only";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { secretStates } from "@/lib/kernel/audit";
import { encrypt } from "@/lib/kernel/encryption";

/** Where the secrets of a settings document are kept, by their names. */
export type SecretStore = {
  known: (tx: Tx, names: readonly string[]) => Promise<{ name: string }[]>;
  put: (tx: Tx, name: string, secret: { encryptedValue: Buffer; setById: string }) => Promise<unknown>;
  remove: (tx: Tx, name: string) => Promise<unknown>;
  /** The context to which a secret is encrypted. */
  aad: (name: string) => string;
};

type States = Record<string, string>;

/** Sets and removes secrets, where null removes one; returns what an audit entry says of them, never their values. */
export async function writeSecrets(tx: Tx, actor: Actor, store: SecretStore, secrets: Readonly<Record<string, string | null>>): Promise<{ before: States; after: States }> {
  const [before, after]: [States, States] = [{}, {}];
  const names = Object.keys(secrets);
  if (names.length === 0) return { before, after };
  const present = new Set((await store.known(tx, names)).map(({ name }) => name));
  for (const [name, text] of Object.entries(secrets)) {
    if (text === null && !present.has(name)) continue;
    before[name] = present.has(name) ? secretStates.set : secretStates.missing;
    after[name] = text === null ? secretStates.missing : present.has(name) ? secretStates.replaced : secretStates.set;
    await (text === null ? store.remove(tx, name) : store.put(tx, name, { encryptedValue: encrypt(text, store.aad(name)), setById: actor.id }));
  }
  return { before, after };
}
