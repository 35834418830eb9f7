export type Choice = { organization: boolean; firstSite: string | null; sites: number };

/** Summarizes the subscriptions of a member: "Tidewater Retail: organization, Berlin Mitte and 3 more sites". */
export function subscriptionText(organization: string, { organization: whole, firstSite, sites }: Choice): string | null {
  const others = sites - 1;
  const more = others > 0 ? ` and ${others} more ${others === 1 ? "site" : "sites"}` : "";
  const parts = [...(whole ? ["organization"] : []), ...(firstSite ? [firstSite + more] : [])];
  return parts.length > 0 ? `${organization}: ${parts.join(", ")}` : null;
}
