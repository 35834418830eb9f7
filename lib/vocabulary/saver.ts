/** Labels for an earlier save by the same user. */
export const you = "You";
export const ownWindow = "Another window";

/** Whether the earlier save was by the same user. */
export const isOwnSave = (by: string): boolean => by === you || by === ownWindow;
