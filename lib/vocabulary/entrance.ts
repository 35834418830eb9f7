/** How somebody proved who they are; the last three count as a second factor. */
export type Method = "password" | "link" | "google" | "code" | "recovery" | "passkey";

/** What must be done after sign-in before anything else can be, in this order (ACC-10). */
export const dues = ["notice", "password", "privacy", "two_factor"] as const;
export type Due = (typeof dues)[number];

/** Where a person wanted to go before something stood in the way. */
export type Wanted = { path: string | null; orgId?: string };

/** A page on the way in, keeping where it is to lead. */
export function toward(page: string, { path, orgId }: Wanted, more: Record<string, string> = {}): string {
  const asked = new URLSearchParams({ ...(path && path !== "/" && { next: path }), ...(orgId && { org: orgId }), ...more });
  return asked.size > 0 ? `${page}?${asked.toString()}` : page;
}

const strong: readonly Method[] = ["code", "recovery", "passkey"];

/** Whether a road into an account has met its second factor; a passkey is two by itself: the device and its lock. */
export const isStrong = (methods: readonly Method[]): boolean => methods.some((method) => strong.includes(method));
