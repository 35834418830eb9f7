import "server-only";
import { cookies } from "next/headers";
import { open, seal } from "@/lib/kernel/seal";
import type { Present } from "@/lib/sessions/queries";
import { cookieRules } from "@/lib/web/session";

const minutes = 10;

type Whose = Pick<Present, "sessionId">;

const named = (what: string) => `__Host-signalbox.${what}`;
const placeOf = (what: string, { sessionId }: Whose) => `${what}/${sessionId}`;

/** Hands secrets to the next page of this session, sealed in its browser and kept nowhere else, until they are stored or time is up. */
export async function handOver(what: string, whose: Whose, secrets: readonly string[]): Promise<void> {
  const sealed = seal(JSON.stringify(secrets), placeOf(what, whose)).toString("base64url");
  (await cookies()).set(named(what), sealed, { ...cookieRules, maxAge: minutes * 60 });
}

/** What was handed over in this session and not stored yet; nothing where another session looks. */
export async function handedOver(what: string, whose: Whose): Promise<string[]> {
  const sealed = (await cookies()).get(named(what))?.value;
  if (!sealed) return [];
  try {
    return JSON.parse(open(Buffer.from(sealed, "base64url"), placeOf(what, whose))) as string[];
  } catch {
    return [];
  }
}

/** Takes away what was handed over: it has been stored. */
export async function forgetHandedOver(what: string): Promise<void> {
  (await cookies()).delete({ name: named(what), ...cookieRules });
}
