import "server-only";
import * as oidc from "openid-client";
import * as z from "zod/mini";
import { env } from "@/lib/env";
import { EmailAddress } from "@/lib/vocabulary/email";

/** What only we and the browser that set out can know; derived anew when it is back. */
export type Proofs = { state: string; nonce: string; verifier: string };

/** Whom Google says it was; an address only when Google has verified it. */
export type GoogleIdentity = { issuer: string; subject: string; email: string | null };

/** Why the way to Google and back ended early; `remark` is for the log: a code of the protocol, never a sentence of Google's. */
export class GoogleTrouble extends Error {
  override name = "GoogleTrouble";

  constructor(
    readonly kind: "cancelled" | "unavailable" | "failed",
    readonly remark: string,
  ) {
    super(`Google: ${remark}`);
  }
}

const timeoutSeconds = 5;
const mostBytes = 256 * 1024;
const staleAfter = 3_600_000;

const Claims = z.object({ sub: z.string().check(z.minLength(1), z.maxLength(255)), email: z.unknown(), email_verified: z.unknown() });

/** Whether the operator has registered this installation with Google (ACC-13). */
export const isGoogleOn = (): boolean => Boolean(env().GOOGLE_CLIENT_ID);

/** The issuer as it is stored beside a subject. */
export const googleIssuer = (): string => env().GOOGLE_ISSUER.replace(/\/$/, "");

const callback = () => new URL("/google/callback", env().APP_URL);

/** Reads no more of an answer than a provider ever needs to say. */
async function bounded(address: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const { status, statusText, headers, body } = await fetch(address, { ...(options as RequestInit), cache: "no-store" });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error("The answer is too long");
    parts.push(part);
  }
  return new Response(parts.length > 0 ? Buffer.concat(parts) : null, { status, statusText, headers });
}

async function discover(): Promise<oidc.Configuration> {
  const { GOOGLE_CLIENT_ID = "", GOOGLE_CLIENT_SECRET } = env();
  const issuer = new URL(googleIssuer());
  const proof = oidc.ClientSecretPost(GOOGLE_CLIENT_SECRET);
  const config = await oidc.discovery(issuer, GOOGLE_CLIENT_ID, { id_token_signed_response_alg: "RS256" }, proof, {
    [oidc.customFetch]: bounded,
    timeout: timeoutSeconds,
    execute: issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
  });
  // Without it the library trusts the connection alone and leaves the signature unread.
  oidc.enableNonRepudiationChecks(config);
  return config;
}

let known: { at: number; config: Promise<oidc.Configuration> } | undefined;

async function provider(): Promise<oidc.Configuration> {
  if (!known || Date.now() - known.at > staleAfter) known = { at: Date.now(), config: discover() };
  return known.config;
}

/** What Google published may have changed, or never came: the next one asks again. */
async function whileKnown<T>(work: (config: oidc.Configuration) => Promise<T>): Promise<T> {
  const used = provider();
  const asked = known;
  try {
    return await work(await used);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind !== "cancelled" && known === asked) known = undefined;
    throw trouble;
  }
}

const unreachable = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT"]);
const busy = new Set(["server_error", "temporarily_unavailable"]);
const protocol = new Set([
  ...busy, "access_denied", "invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "unauthorized_client",
  "unsupported_grant_type", "unsupported_response_type", "redirect_uri_mismatch", "consent_required", "login_required",
]);

const codeOf = (error: string) => (protocol.has(error) ? error : "another error");
const isDown = ({ code, cause }: oidc.ClientError) => !code || unreachable.has(code) || (cause instanceof Response && cause.status >= 500);

function troubleOf(error: unknown): GoogleTrouble {
  if (error instanceof GoogleTrouble) return error;
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === "access_denied") return new GoogleTrouble("cancelled", "access_denied");
    return new GoogleTrouble(busy.has(error.error) ? "unavailable" : "failed", codeOf(error.error));
  }
  if (error instanceof oidc.ResponseBodyError) return new GoogleTrouble("failed", codeOf(error.error));
  if (error instanceof oidc.WWWAuthenticateChallengeError) return new GoogleTrouble("failed", "refused the client");
  if (error instanceof oidc.ClientError) return new GoogleTrouble(isDown(error) ? "unavailable" : "failed", error.code ?? "no answer");
  return new GoogleTrouble("unavailable", error instanceof Error ? error.name : "unknown");
}

/** Where the browser goes to be asked by Google who it is. */
export const googleAddress = ({ state, nonce, verifier }: Proofs): Promise<string> =>
  whileKnown(async (config) => {
    const asked = {
      redirect_uri: callback().href,
      scope: "openid email",
      prompt: "select_account",
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    };
    return oidc.buildAuthorizationUrl(config, asked).href;
  });

const answered = ["code", "state", "iss", "error"];

/** Whom the answer is about, once code, issuer, audience, time, nonce and signature are proved; its tokens are forgotten (SSO-6). */
export const identityIn = (answer: string, { state, nonce, verifier }: Proofs): Promise<GoogleIdentity> =>
  whileKnown(async (config) => {
    const address = callback();
    for (const [name, value] of new URLSearchParams(answer)) if (answered.includes(name)) address.searchParams.append(name, value);
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(config, address, checks);
    const claims = Claims.safeParse(tokens.claims());
    if (!claims.success) throw new GoogleTrouble("failed", "unusable claims");
    const { sub: subject, email, email_verified: isVerified } = claims.data;
    const verified = isVerified === true ? EmailAddress.safeParse(email).data : undefined;
    return { issuer: googleIssuer(), subject, email: verified ?? null };
  });
