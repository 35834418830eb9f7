/** The context to which the secrets of a wireless network are encrypted. */
export const wlanSecretsAad = (wlanId: string): string => `wlans/${wlanId}`;
