/** What the server keeps of an account's passkeys, and what its person is called, at a moment of the server's clock. */
export type Kept = { at: number; rpId: string; userId: string; name: string; displayName: string; credentialIds: string[] };

/** Has the browser no longer offer a passkey that is not kept here; one that cannot be told goes on as before. */
export function tellUnknown(rpId: string, credentialId: string): void {
  tell(() => PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }));
}

/**
 * Has the browser offer the passkeys that are kept and no others, under the name of today. A page may be shown again
 * after a passkey was added elsewhere, so what is older than what this browser was told before is not told.
 */
export function tellKept({ at, rpId, userId, name, displayName, credentialIds }: Kept): void {
  if (!isNews(userId, at)) return;
  tell(() => PublicKeyCredential.signalAllAcceptedCredentials({ rpId, userId, allAcceptedCredentialIds: credentialIds }));
  tell(() => PublicKeyCredential.signalCurrentUserDetails({ rpId, userId, name, displayName }));
}

function isNews(userId: string, at: number): boolean {
  const place = `passkeys of ${userId}`;
  try {
    if (Number(localStorage.getItem(place)) >= at) return false;
    localStorage.setItem(place, String(at));
    return true;
  } catch {
    return false;
  }
}

// Some browsers know none of this, and none says what came of it.
function tell(signal: () => Promise<void>) {
  void (async () => signal())().catch(() => {});
}
