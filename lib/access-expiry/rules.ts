/** Days before the end of access on which its holder is reminded. */
export const reminderDays = [7, 1] as const;

/** The reminders that are due with so many days left, the most urgent last. */
export const dueReminders = (daysLeft: number) => reminderDays.filter((days) => daysLeft <= days);

/** The time that is left, for a sentence: "within 24 hours", "in 7 days". */
export function daysLeftText(daysLeft: number): string {
  const days = Math.ceil(daysLeft);
  return days <= 1 ? "within 24 hours" : `in ${days} days`;
}
