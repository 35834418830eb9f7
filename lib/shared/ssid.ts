const maxBytes = 32;

/** What is wrong with an SSID, or undefined. */
export function ssidProblem(text: string): string | undefined {
  return new TextEncoder().encode(text).length > maxBytes ? `Use at most ${maxBytes} bytes: letters with accents and emoji count as several` : undefined;
}

/** What is wrong with the passphrase of a WLAN, or undefined. */
export const passphraseProblem = (text: string): string | undefined =>
  /^[\u0020-\u007e]{8,63}$/.test(text) ? undefined : "Use 8 to 63 letters, digits, spaces or punctuation marks, without accents";
