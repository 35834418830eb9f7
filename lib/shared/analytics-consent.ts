/** Texts that explain the recording of page views. */
export const analyticsConsentText = {
  recorded:
    "If you allow it, we record which pages you open: the kind of page, your account and the time. What stands on a page, what you type and where you are is never part of it.",
  purpose: "It shows us which parts of the portal are used, and which are hard to find.",
  retention: "Records are deleted after 90 days, and all of them at once when you no longer allow it.",
};
