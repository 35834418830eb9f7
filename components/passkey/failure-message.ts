const closed = "the browser’s dialog was closed or timed out";
const elsewhere = "Passkeys work only at the portal’s own address. Open it there";

const usual = {
  add: "The passkey couldn’t be created. Try again, or use another device",
  enter: "The passkey couldn’t be used. Try again, or sign in with your password",
  confirm: "The passkey couldn’t be used. Try again, or use your password",
};

export type Kind = keyof typeof usual;

const byName: Record<string, Partial<typeof usual>> = {
  NotAllowedError: { add: `No passkey was created: ${closed}`, enter: `No passkey was used: ${closed}`, confirm: `No passkey was used: ${closed}` },
  InvalidStateError: { add: "This device or password manager already has a passkey for your account" },
  ConstraintError: { add: "This device can’t store a passkey that it unlocks itself. Use another device" },
  NotSupportedError: { add: "This device can’t store this kind of passkey. Use another device" },
  SecurityError: { add: elsewhere, enter: elsewhere, confirm: elsewhere },
};

export type Reason = { text: string; calm: boolean };

/** The message for a failed passkey dialog; closing it is not shown as an error. */
export function failureMessage(error: unknown, kind: Kind): Reason {
  const name = error instanceof Error ? error.name : "";
  return { text: byName[name]?.[kind] ?? usual[kind], calm: name === "NotAllowedError" };
}
