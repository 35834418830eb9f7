import "server-only";
import * as oidc from "openid-client";
import * as z from "zod/mini";
import { env } from "@/lib/env";
import { limitedFetch } from "@/lib/integrations/limited-fetch";
import { OAuthProviderError, toProviderError } from "@/lib/integrations/oauth-provider-error";
import type { ApplicationName } from "@/lib/shared/applications";

export type ApplicationTokens = { accessToken: string; refreshToken?: string; /** In seconds; undefined where the provider does not say. */ expiresIn?: number };

/** The account at the application that the tokens belong to. */
export type ApplicationAccount = { accountId: string; name: string };

type Provider = {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  revocation_endpoint?: string;
  account_endpoint: string;
  scope?: string;
  clientAuth: (secret: string) => oidc.ClientAuth;
  /** The token that ends the link at the provider when it is revoked. */
  revokes: "accessToken" | "refreshToken";
  account: z.ZodMiniType<ApplicationAccount>;
};

const identifier = z.string().check(z.minLength(1), z.maxLength(200));
const name = z.catch(z.string().check(z.trim(), z.maxLength(200)), "");

const providers: Record<ApplicationName, Provider> = {
  zoom: {
    issuer: "https://zoom.us",
    authorization_endpoint: "https://zoom.us/oauth/authorize",
    token_endpoint: "https://zoom.us/oauth/token",
    revocation_endpoint: "https://zoom.us/oauth/revoke",
    account_endpoint: "https://api.zoom.us/v2/users/me",
    clientAuth: oidc.ClientSecretBasic,
    revokes: "accessToken",
    account: z.pipe(
      z.object({ account_id: identifier, company: name, email: name }),
      z.transform(({ account_id: accountId, company, email }) => ({ accountId, name: company || email || accountId })),
    ),
  },
  teams: {
    issuer: "https://login.microsoftonline.com",
    authorization_endpoint: "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
    token_endpoint: "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
    account_endpoint: "https://graph.microsoft.com/v1.0/organization",
    scope: "offline_access https://graph.microsoft.com/Organization.Read.All",
    clientAuth: oidc.ClientSecretPost,
    revokes: "refreshToken",
    account: z.pipe(
      z.object({ value: z.tuple([z.object({ id: identifier, displayName: name })], z.unknown()) }),
      z.transform(({ value: [{ id: accountId, displayName }] }) => ({ accountId, name: displayName || accountId })),
    ),
  },
};

const timeoutSeconds = 5;

/** Whether the operator has configured the application. */
export const isApplicationConfigured = (application: ApplicationName): boolean => env().APPLICATIONS[application] !== undefined;

function clientOf(application: ApplicationName) {
  const settings = env().APPLICATIONS[application];
  if (!settings) throw new OAuthProviderError("failed", "not configured");
  const provider = { ...providers[application], ...settings };
  const { issuer, authorization_endpoint, token_endpoint, revocation_endpoint } = provider;
  const config = new oidc.Configuration({ issuer, authorization_endpoint, token_endpoint, revocation_endpoint }, provider.client_id, undefined, provider.clientAuth(provider.client_secret));
  config[oidc.customFetch] = limitedFetch;
  config.timeout = timeoutSeconds;
  // The settings allow http on this machine only.
  if (token_endpoint.startsWith("http:")) oidc.allowInsecureRequests(config);
  return { config, provider };
}

/** The origins that a form leads to when an account is linked. */
export const applicationOrigins = (): string[] =>
  (Object.keys(env().APPLICATIONS) as ApplicationName[]).map((application) => new URL(clientOf(application).provider.authorization_endpoint).origin);

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toProviderError(error);
  }
}

const callbackUrl = () => new URL("/link-account/callback", env().APP_URL);
const callbackParams = ["code", "state", "iss", "error"];

type FlowParams = { state: string; verifier: string };

/** Returns the address at the application where a person allows the link. */
export const applicationAuthorizationUrl = (application: ApplicationName, { state, verifier }: FlowParams): Promise<string> =>
  explained(async () => {
    const { config, provider } = clientOf(application);
    const params = { redirect_uri: callbackUrl().href, state, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
    return oidc.buildAuthorizationUrl(config, { ...params, ...(provider.scope ? { scope: provider.scope } : {}) }).href;
  });

/** Exchanges the code of a callback for tokens, and asks to which account they belong. */
export const exchangeApplicationCode = (application: ApplicationName, answer: string, { state, verifier }: FlowParams) =>
  explained(async () => {
    const { config, provider } = clientOf(application);
    const url = callbackUrl();
    for (const [key, value] of new URLSearchParams(answer)) if (callbackParams.includes(key)) url.searchParams.append(key, value);
    const tokens = toTokens(await oidc.authorizationCodeGrant(config, url, { expectedState: state, pkceCodeVerifier: verifier }));
    const response = await oidc.fetchProtectedResource(config, tokens.accessToken, new URL(provider.account_endpoint), "GET");
    const account = provider.account.safeParse(await response.json().catch(() => undefined));
    if (!account.success) throw new OAuthProviderError(response.status >= 500 ? "unavailable" : "failed", "no account");
    return { tokens, account: account.data };
  });

function toTokens(response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): ApplicationTokens {
  return { accessToken: response.access_token, refreshToken: response.refresh_token, expiresIn: response.expiresIn() };
}

/** Gets new tokens; the refresh token stays the same where the provider gives no other. */
export const refreshApplicationTokens = (application: ApplicationName, refreshToken: string): Promise<ApplicationTokens> =>
  explained(async () => {
    const tokens = toTokens(await oidc.refreshTokenGrant(clientOf(application).config, refreshToken));
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  });

/** Whether the application has an address where tokens are revoked. */
export const canRevoke = (application: ApplicationName): boolean => Boolean(env().APPLICATIONS[application]?.revocation_endpoint ?? providers[application].revocation_endpoint);

/** Ends the link at the provider. */
export const revokeApplicationTokens = (application: ApplicationName, tokens: ApplicationTokens): Promise<void> =>
  explained(async () => {
    const { config, provider } = clientOf(application);
    await oidc.tokenRevocation(config, tokens[provider.revokes] ?? tokens.accessToken);
  });
