/** How somebody authenticated; the last three count as multi-factor. */
export type AuthMethod = "password" | "link" | "google" | "code" | "recovery" | "passkey";

/** Steps that must be completed after sign-in before anything else, in this order. */
export const pendingSteps = ["notice", "password", "privacy", "two_factor"] as const;
export type PendingStep = (typeof pendingSteps)[number];

/** The page and organization to return to after sign-in. */
export type ReturnTo = { path: string | null; orgId?: string };

/** Returns the path of a login page with the return target in its query. */
export function withReturnTo(page: string, { path, orgId }: ReturnTo, params: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(path && path !== "/" && { next: path }), ...(orgId && { org: orgId }), ...params });
  return query.size > 0 ? `${page}?${query.toString()}` : page;
}

const multiFactorMethods: readonly AuthMethod[] = ["code", "recovery", "passkey"];

/** Whether the methods satisfy two-factor authentication; a passkey alone does, by device and user verification. */
export const isMultiFactor = (methods: readonly AuthMethod[]): boolean => methods.some((method) => multiFactorMethods.includes(method));
