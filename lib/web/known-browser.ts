import { createHmac } from "node:crypto";
import { derivedKeys, newSecret, sameSecret } from "@/lib/kernel/secret";

const mostPeople = 5;

const proofsOf = (accountId: string, browserId: string) =>
  derivedKeys("known browser").map((key) => createHmac("sha256", key).update(`${browserId} ${accountId}`).digest("base64url"));

const entries = (cookie: string | undefined) =>
  (cookie ?? "")
    .slice(0, 1_000)
    .split("~")
    .flatMap((entry) => {
      const [, browserId = "", proof = ""] = /^([\w-]{22})\.([\w-]{43})$/.exec(entry) ?? [];
      return browserId ? [{ browserId, proof }] : [];
    });

/** The browser's id, if this account has been signed in to from it before; the cookie itself names nobody. */
export function browserKnownTo(accountId: string, cookie: string | undefined): string | null {
  const known = entries(cookie).find(({ browserId, proof }) => proofsOf(accountId, browserId).some((own) => sameSecret(proof, own)));
  return known?.browserId ?? null;
}

/** The cookie of a browser from which this account has now been signed in to; the last few people are kept. */
export function withKnown(accountId: string, cookie: string | undefined): string {
  const browserId = browserKnownTo(accountId, cookie) ?? newSecret(16);
  const [proof = ""] = proofsOf(accountId, browserId);
  return written([{ browserId, proof }, ...others(browserId, cookie)]);
}

/** The cookie of a browser to which this account is a stranger's again; null when nobody else is left in it. */
export function withoutKnown(accountId: string, cookie: string | undefined): string | null {
  return written(others(browserKnownTo(accountId, cookie), cookie)) || null;
}

const others = (browserId: string | null, cookie: string | undefined) =>
  entries(cookie).filter((entry) => entry.browserId !== browserId);

const written = (known: { browserId: string; proof: string }[]) =>
  known
    .slice(0, mostPeople)
    .map(({ browserId, proof }) => `${browserId}.${proof}`)
    .join("~");
