/** Texts that explain the recording of page views. */
export const analyticsConsentText = {
  recorded:
    "If you allow it, we record which pages you open: the kind of page, your account and the time. We never record page content, what you type or where you are.",
  purpose: "This shows us which parts of the portal are used, and which are hard to find.",
  retention: "Records are deleted after 90 days, or immediately when you stop allowing it.",
};
