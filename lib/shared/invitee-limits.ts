/** How many people are invited at once, and from how much text. */
export const mostInvitees = 100;
export const maxInviteeListLength = 50_000;

export const noInvitees = "Enter at least one email address";
