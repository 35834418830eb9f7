/** The regions in which an account can be stored. */
export const regions = { global: "Global", europe: "Europe" } as const;
