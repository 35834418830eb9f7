export const macFormats = { colon: "xx:xx:xx:xx:xx:xx", dash: "xx-xx-xx-xx-xx-xx", dot: "xxxx.xxxx.xxxx" } as const;
export type MacFormat = keyof typeof macFormats;

/** Formats a MAC address, given in any notation; returns other text unchanged. */
export function formatMac(mac: string, format: MacFormat): string {
  const digits = mac.toLowerCase().replaceAll(/[:. -]/g, "");
  if (!/^[0-9a-f]{12}$/.test(digits)) return mac;
  let next = 0;
  return macFormats[format].replaceAll("x", () => digits[next++] ?? "");
}
