export const macFormats = { colon: "xx:xx:xx:xx:xx:xx", dash: "xx-xx-xx-xx-xx-xx", dot: "xxxx.xxxx.xxxx" } as const;
export type MacFormat = keyof typeof macFormats;

/** The 12 hexadecimal digits of a MAC address, given in any notation; undefined for other text. */
export function macDigits(mac: string): string | undefined {
  const digits = mac.toLowerCase().replaceAll(/[:. -]/g, "");
  return /^[0-9a-f]{12}$/.test(digits) ? digits : undefined;
}

/** Formats a MAC address, given in any notation; returns other text unchanged. */
export function formatMac(mac: string, format: MacFormat): string {
  const digits = macDigits(mac);
  if (digits === undefined) return mac;
  let next = 0;
  return macFormats[format].replaceAll("x", () => digits[next++] ?? "");
}
