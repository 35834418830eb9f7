import "server-only";
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import type { FormValues } from "@/lib/shared/form-state";
import { comparable, safeFormValues } from "@/lib/shared/form-values";

const aad = ({ orgId, id }: Actor) => `previewed input/${orgId}/${id}`;

function digestOf(values: FormValues): string {
  const filled = Object.entries(values).map(([name, value]) => [name, comparable(value)] as const).filter(([, text]) => text !== "");
  return createHash("sha256").update(JSON.stringify(filled.toSorted(([one], [other]) => (one < other ? -1 : 1)))).digest("hex");
}

/** Seals what a preview is about: a digest of the input, and the secrets in it, which the browser carries without reading them. */
export function sealInput(actor: Actor, values: FormValues): string {
  const shown = safeFormValues(values);
  const secrets = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in shown)));
  return encrypt(JSON.stringify({ digest: digestOf(values), secrets }), aad(actor)).toString("base64url");
}

/** The input with its sealed secrets, if it is what was sealed for this actor; null for anything else. */
export function openInput(actor: Actor, sealed: unknown, values: FormValues): FormValues | null {
  if (typeof sealed !== "string" || sealed === "") return null;
  try {
    const { digest, secrets } = JSON.parse(decrypt(Buffer.from(sealed, "base64url"), aad(actor))) as { digest: string; secrets: FormValues };
    const input = { ...values, ...secrets };
    return digestOf(input) === digest ? input : null;
  } catch {
    return null;
  }
}
