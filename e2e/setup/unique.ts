import { randomBytes } from "node:crypto";

/** A word that is contained in nothing else. */
export const uniqueWord = (prefix = "grid") => `${prefix}-${randomBytes(6).toString("hex")}`;

/** An email address that nobody else has. */
export const uniqueEmail = (prefix = "person") => `${uniqueWord(prefix)}@example.test`;
