/** The WebAuthn calls of the browser, loaded after a page with a passkey button was rendered. */
export const dialog = () => import("@simplewebauthn/browser");

/** Whether this browser supports passkeys. */
export const isKnown = () => typeof globalThis.PublicKeyCredential === "function";
