/** Labels for an earlier save by the same user. */
export const selfLabel = "You";
export const otherWindowLabel = "Another window";

/** Whether the earlier save was by the same user. */
export const isOwnUpdate = (by: string): boolean => by === selfLabel || by === otherWindowLabel;
