/** The browser's own dialog about passkeys: fetched after a page that may ask for one is drawn, and before anybody has pressed. */
export const dialog = () => import("@simplewebauthn/browser");

/** Whether this browser knows passkeys at all. */
export const isKnown = () => typeof globalThis.PublicKeyCredential === "function";
