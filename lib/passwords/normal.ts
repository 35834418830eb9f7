/** The spelling of a password that is hashed: the same from every keyboard, nothing cut off, case kept (AUT-1). */
export const normalPassword = (password: string): string => password.normalize("NFKC");
