/** Normalizes a password before hashing (NFKC), so that it is the same from every keyboard. */
export const normalizePassword = (password: string): string => password.normalize("NFKC");
