import * as oidc from "openid-client";

/** A request to an OAuth provider that failed; `remark` is a protocol code for the log, never text from the provider. */
export class OAuthProviderError extends Error {
  override name = "OAuthProviderError";

  constructor(
    readonly kind: "cancelled" | "unavailable" | "failed",
    readonly remark: string,
  ) {
    super(`OAuth provider: ${remark}`);
  }
}

const timeoutCodes = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT"]);
const unavailableCodes = new Set(["server_error", "temporarily_unavailable"]);
const protocolCodes = new Set([
  ...unavailableCodes, "access_denied", "invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "unauthorized_client",
  "unsupported_grant_type", "unsupported_response_type", "redirect_uri_mismatch", "consent_required", "login_required",
]);

const knownCode = (error: string) => (protocolCodes.has(error) ? error : "another error");
const isUnavailable = ({ code, cause }: oidc.ClientError) => !code || timeoutCodes.has(code) || (cause instanceof Response && cause.status >= 500);

/** Maps any error of openid-client to one without text from the provider. */
export function toProviderError(error: unknown): OAuthProviderError {
  if (error instanceof OAuthProviderError) return error;
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === "access_denied") return new OAuthProviderError("cancelled", "access_denied");
    return new OAuthProviderError(unavailableCodes.has(error.error) ? "unavailable" : "failed", knownCode(error.error));
  }
  if (error instanceof oidc.ResponseBodyError) return new OAuthProviderError("failed", knownCode(error.error));
  if (error instanceof oidc.WWWAuthenticateChallengeError) return new OAuthProviderError("failed", "refused the client");
  if (error instanceof oidc.ClientError) return new OAuthProviderError(isUnavailable(error) ? "unavailable" : "failed", error.code ?? "no answer");
  return new OAuthProviderError("unavailable", error instanceof Error ? error.name : "unknown");
}
