import "server-only";
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import type { FormValues } from "@/lib/shared/form-state";
import { comparable, safeFormValues } from "@/lib/shared/form-values";

const aad = ({ orgId, id }: Actor) => `previewed input/${orgId}/${id}`;

function digestOf(values: FormValues, names: readonly string[]): string {
  const texts = names.map((name) => [name, comparable(values[name])]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

type Sealed = { names: string[]; digest: string; secrets: FormValues };

/** Seals what a preview is about: a digest of the input, and the secrets in it, which the browser carries without reading them. */
export function sealInput(actor: Actor, values: FormValues): string {
  const names = Object.keys(values).toSorted();
  const shown = safeFormValues(values);
  const secrets = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in shown)));
  const sealed: Sealed = { names, digest: digestOf(values, names), secrets };
  return encrypt(JSON.stringify(sealed), aad(actor)).toString("base64url");
}

/** The input that was sealed for this actor, without fields that came later; null when it is another or was not sealed. */
export function openInput(actor: Actor, sealed: unknown, values: FormValues): FormValues | null {
  if (typeof sealed !== "string" || sealed === "") return null;
  try {
    const { names, digest, secrets } = JSON.parse(decrypt(Buffer.from(sealed, "base64url"), aad(actor))) as Sealed;
    const sent = { ...values, ...secrets };
    const input = Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)));
    return digestOf(input, names) === digest ? input : null;
  } catch {
    return null;
  }
}
