import "server-only";
import { cookies } from "next/headers";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import type { AuthSession } from "@/lib/sessions/queries";
import { cookieOptions } from "@/lib/web/session";

const minutes = 10;

type SessionRef = Pick<AuthSession, "sessionId">;

const cookieName = (name: string) => `__Host-signalbox.${name}`;
const cookieAad = (name: string, { sessionId }: SessionRef) => `${name}/${sessionId}`;

/** Stores secrets for the next page of this session in an encrypted cookie that expires after ten minutes. */
export async function setOneTimeCookie(name: string, session: SessionRef, secrets: readonly string[]): Promise<void> {
  const encrypted = encrypt(JSON.stringify(secrets), cookieAad(name, session)).toString("base64url");
  (await cookies()).set(cookieName(name), encrypted, { ...cookieOptions, maxAge: minutes * 60 });
}

/** Returns the secrets of the cookie, or none for another session. */
export async function readOneTimeCookie(name: string, session: SessionRef): Promise<string[]> {
  const encrypted = (await cookies()).get(cookieName(name))?.value;
  if (!encrypted) return [];
  try {
    return JSON.parse(decrypt(Buffer.from(encrypted, "base64url"), cookieAad(name, session))) as string[];
  } catch {
    return [];
  }
}

/** Deletes the cookie. */
export async function clearOneTimeCookie(name: string): Promise<void> {
  (await cookies()).delete({ name: cookieName(name), ...cookieOptions });
}
