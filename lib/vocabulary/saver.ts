/** How the one who saved the same thing first is called where it was the person themselves. */
export const you = "You";
export const ownWindow = "Another window";

/** Whether what was saved meanwhile is the person's own, and not somebody else's. */
export const isOwnSave = (by: string): boolean => by === you || by === ownWindow;
