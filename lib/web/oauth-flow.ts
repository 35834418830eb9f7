import * as z from "zod/mini";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { applicationNames } from "@/lib/shared/applications";

const OAuthFlow = z.object({
  secret: z.string(),
  startedBy: z.object({ accountId: z.nullable(z.string()), email: z.nullable(z.string()), orgId: z.nullable(z.string()) }),
  /** The application whose account is linked with the organization of `startedBy`. */
  application: z.optional(z.enum(applicationNames)),
  returnTo: z.object({ path: z.nullable(z.string()), orgId: z.optional(z.string()) }),
});

/** What this browser keeps of an OAuth flow until it comes back; the server stores none of it. */
export type OAuthFlow = z.infer<typeof OAuthFlow>;

const aad = "oauth flow";

/** The flow as the value of a cookie. */
export const encryptOAuthFlow = (flow: OAuthFlow): string => encrypt(JSON.stringify(flow), aad).toString("base64url");

/** The flow in the value of a cookie; null for anything that was not encrypted here. */
export function decryptOAuthFlow(value: string): OAuthFlow | null {
  try {
    return OAuthFlow.parse(JSON.parse(decrypt(Buffer.from(value, "base64url"), aad)));
  } catch {
    return null;
  }
}
