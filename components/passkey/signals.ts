/** The passkeys and the name of an account at a time of the server. */
export type AcceptedPasskeys = { at: number; rpId: string; userId: string; name: string; displayName: string; credentialIds: string[] };

/** Signals an unknown passkey, so that the browser stops offering it; does nothing in browsers without the API. */
export function signalUnknownPasskey(rpId: string, credentialId: string): void {
  send(() => PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }));
}

/**
 * Signals the accepted passkeys and the current name to the browser. A page from the history may be older than a change
 * made elsewhere, so a state older than the last signalled one is ignored.
 */
export function signalAcceptedPasskeys({ at, rpId, userId, name, displayName, credentialIds }: AcceptedPasskeys): void {
  if (!isNewer(userId, at)) return;
  send(() => PublicKeyCredential.signalAllAcceptedCredentials({ rpId, userId, allAcceptedCredentialIds: credentialIds }));
  send(() => PublicKeyCredential.signalCurrentUserDetails({ rpId, userId, name, displayName }));
}

function isNewer(userId: string, at: number): boolean {
  const key = `passkeys of ${userId}`;
  try {
    if (Number(localStorage.getItem(key)) >= at) return false;
    localStorage.setItem(key, String(at));
    return true;
  } catch {
    return false;
  }
}

// Not all browsers support this, and none reports the result.
function send(signal: () => Promise<void>) {
  void (async () => signal())().catch(() => {});
}
