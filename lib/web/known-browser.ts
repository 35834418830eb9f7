import { createHmac } from "node:crypto";
import { derivedKey, newSecret, sameSecret } from "@/lib/kernel/secret";

const mostPeople = 5;

const proofOf = (email: string, browserId: string) =>
  createHmac("sha256", derivedKey("known browser")).update(`${browserId} ${email}`).digest("base64url");

const entries = (cookie: string | undefined) =>
  (cookie ?? "")
    .slice(0, 1_000)
    .split("~")
    .flatMap((entry) => {
      const [, browserId = "", proof = ""] = /^([\w-]{22})\.([\w-]{43})$/.exec(entry) ?? [];
      return browserId ? [{ browserId, proof }] : [];
    });

/** The browser's id, if this address has signed in from it before; the cookie itself names nobody. */
export function browserKnownTo(email: string, cookie: string | undefined): string | null {
  const known = entries(cookie).find(({ browserId, proof }) => sameSecret(proof, proofOf(email, browserId)));
  return known?.browserId ?? null;
}

/** The cookie of a browser from which this address has now signed in; the last few people are kept. */
export function withKnown(email: string, cookie: string | undefined): string {
  const kept = browserKnownTo(email, cookie);
  const browserId = kept ?? newSecret(16);
  const others = entries(cookie).filter((entry) => entry.browserId !== browserId);
  return [{ browserId, proof: proofOf(email, browserId) }, ...others]
    .slice(0, mostPeople)
    .map((entry) => `${entry.browserId}.${entry.proof}`)
    .join("~");
}
