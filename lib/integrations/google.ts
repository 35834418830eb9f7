import "server-only";
import * as oidc from "openid-client";
import * as z from "zod/mini";
import { env } from "@/lib/env";
import { limitedFetch } from "@/lib/integrations/limited-fetch";
import { OAuthProviderError, toProviderError } from "@/lib/integrations/oauth-provider-error";
import { EmailAddress } from "@/lib/shared/email-address";

/** State, nonce and PKCE verifier; derived again from the cookie at the callback. */
export type OAuthParams = { state: string; nonce: string; verifier: string };

/** The Google account of an ID token; `email` is null unless Google has verified it. */
export type GoogleIdentity = { issuer: string; subject: string; email: string | null };

const timeoutSeconds = 5;
const cacheMs = 3_600_000;

const Claims = z.object({ sub: z.string().check(z.minLength(1), z.maxLength(255)), email: z.unknown(), email_verified: z.unknown() });

/** Whether Google sign-in is configured. */
export const isGoogleEnabled = (): boolean => Boolean(env().GOOGLE_CLIENT_ID);

/** Returns the issuer as it is stored with a subject. */
export const googleIssuer = (): string => env().GOOGLE_ISSUER.replace(/\/$/, "");

const callbackUrl = () => new URL("/google/callback", env().APP_URL);

async function discover(): Promise<oidc.Configuration> {
  const { GOOGLE_CLIENT_ID = "", GOOGLE_CLIENT_SECRET } = env();
  const issuer = new URL(googleIssuer());
  const proof = oidc.ClientSecretPost(GOOGLE_CLIENT_SECRET);
  const config = await oidc.discovery(issuer, GOOGLE_CLIENT_ID, { id_token_signed_response_alg: "RS256" }, proof, {
    [oidc.customFetch]: limitedFetch,
    timeout: timeoutSeconds,
    execute: issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
  });
  // Without this the library relies on TLS and skips the signature of the ID token.
  oidc.enableNonRepudiationChecks(config);
  return config;
}

let cached: { at: number; config: Promise<oidc.Configuration> } | undefined;

async function provider(): Promise<oidc.Configuration> {
  if (!cached || Date.now() - cached.at > cacheMs) cached = { at: Date.now(), config: discover() };
  return cached.config;
}

// A failure clears the cached configuration, because the metadata may be outdated or incomplete.
async function withProvider<T>(work: (config: oidc.Configuration) => Promise<T>): Promise<T> {
  const config = provider();
  const used = cached;
  try {
    return await work(await config);
  } catch (error) {
    const trouble = toProviderError(error);
    if (trouble.kind !== "cancelled" && cached === used) cached = undefined;
    throw trouble;
  }
}

/** Returns the authorization URL. */
export const googleAuthorizationUrl = ({ state, nonce, verifier }: OAuthParams): Promise<string> =>
  withProvider(async (config) => {
    const params = {
      redirect_uri: callbackUrl().href,
      scope: "openid email",
      prompt: "select_account",
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    };
    return oidc.buildAuthorizationUrl(config, params).href;
  });

const callbackParams = ["code", "state", "iss", "error"];

/** Exchanges the code of a callback and returns the account of the verified ID token; the tokens are not kept. */
export const verifyGoogleCallback = (answer: string, { state, nonce, verifier }: OAuthParams): Promise<GoogleIdentity> =>
  withProvider(async (config) => {
    const url = callbackUrl();
    for (const [name, value] of new URLSearchParams(answer)) if (callbackParams.includes(name)) url.searchParams.append(name, value);
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(config, url, checks);
    const claims = Claims.safeParse(tokens.claims());
    if (!claims.success) throw new OAuthProviderError("failed", "unusable claims");
    const { sub: subject, email, email_verified: isVerified } = claims.data;
    const verified = isVerified === true ? EmailAddress.safeParse(email).data : undefined;
    return { issuer: googleIssuer(), subject, email: verified ?? null };
  });
