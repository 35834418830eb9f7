/** What counting somebody's use means, in the words in which it is asked for (ACC-28). */
export const usageWords = {
  recorded:
    "If you allow it, the pages you open are recorded: which kind of page it was, your account and the time. Nothing that is on a page, nothing you type and no network of yours is part of it.",
  purpose: "It shows which parts of the portal are used and which are hard to find.",
  kept: "Records are deleted after 90 days, and all of them at once when you no longer allow it.",
};
