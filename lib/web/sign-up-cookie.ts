import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { generateSecret } from "@/lib/kernel/secrets";
import { cookieOptions } from "@/lib/web/session";

const signUpCookie = "__Host-signalbox.sign-up";

/** Returns the secret by which this browser is known to have signed up, or null. */
export async function readSignUpCookie(): Promise<string | null> {
  const secret = (await cookies()).get(signUpCookie)?.value ?? "";
  return /^[\w-]{43}$/.test(secret) ? secret : null;
}

/** Lets this browser follow the links of its sign-ups without the password, as long as they work; returns its secret. */
export async function setSignUpCookie(): Promise<string> {
  const secret = (await readSignUpCookie()) ?? generateSecret();
  (await cookies()).set(signUpCookie, secret, { ...cookieOptions, maxAge: env().LINK_HOURS * 3_600 });
  return secret;
}

/** Deletes the secret once its sign-up is complete. */
export async function clearSignUpCookie(): Promise<void> {
  (await cookies()).delete({ name: signUpCookie, ...cookieOptions });
}
