/** The size of a file with sites in bytes, and so at most in characters. */
export const maxFileSize = 1_000_000;

/** The error for a larger file. */
export const fileTooLarge = "This file is larger than 1 MB. Split it";
