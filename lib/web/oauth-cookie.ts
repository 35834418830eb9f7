import "server-only";
import { cookies } from "next/headers";
import { decryptOAuthFlow, encryptOAuthFlow, type OAuthFlow } from "@/lib/web/oauth-flow";
import { cookieOptions } from "@/lib/web/session";

const oauthSeconds = 300;

/** The cookie that binds an OAuth flow of one kind to this browser, encrypted, for five minutes. */
export function oauthCookie(kind: "google" | "account-link") {
  const name = `__Host-signalbox.${kind}`;
  return {
    set: async (flow: OAuthFlow) => void (await cookies()).set(name, encryptOAuthFlow(flow), { ...cookieOptions, maxAge: oauthSeconds }),
    read: async () => decryptOAuthFlow((await cookies()).get(name)?.value ?? ""),
    clear: async () => void (await cookies()).delete({ name, ...cookieOptions }),
  };
}
