/** Classes of a link within text. */
export const textLink = "font-medium text-accent underline-offset-3 hover:underline";
