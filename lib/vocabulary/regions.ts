/** Where an account can be kept. */
export const regions = { global: "Global", europe: "Europe" } as const;
