/** Since when a secret is set, and the name of who set it where it is known. */
export type SecretState = { name: string; setAt: Date; setBy: string | null };
