/** Has the browser no longer offer a passkey that is not kept here; one that cannot be told goes on as before. */
export function tellUnknown(rpId: string, credentialId: string): void {
  tell(() => PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }));
}

// Some browsers know none of this, and none says what came of it.
function tell(signal: () => Promise<void>) {
  void (async () => signal())().catch(() => {});
}
