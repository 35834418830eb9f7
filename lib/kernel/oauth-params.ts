import { createHmac } from "node:crypto";
import { deriveKey, constantTimeEqual } from "@/lib/kernel/secrets";

/** State, nonce and PKCE verifier of an OAuth flow, derived from its secret and purpose: a callback fits only its own purpose. */
export function deriveOAuthParams(purpose: string, secret: string) {
  const derive = (part: string) => createHmac("sha256", deriveKey("google")).update(`${purpose}\0${part}\0${secret}`).digest("base64url");
  return { state: derive("state"), nonce: derive("nonce"), verifier: derive("verifier") };
}

/** Whether a callback has the state of the flow with this purpose and secret. */
export const isStateOf = (purpose: string, secret: string, state: string): boolean => constantTimeEqual(deriveOAuthParams(purpose, secret).state, state);

/** Whether the person cancelled at the provider. */
export const isCancelled = (answer: string): boolean => new URLSearchParams(answer).get("error") === "access_denied";
