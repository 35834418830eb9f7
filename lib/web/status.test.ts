import { expect, test } from "vitest";
import { answerWith, verdictOn } from "@/lib/web/status";

test("REL-3: a verdict is for its own request, given once, and not kept for ever", () => {
  answerWith("early", { status: 403 }, 0);
  answerWith("late", { status: 503, retryAfterSeconds: 5 }, 61_000);
  answerWith(null, { status: 404 });
  expect(verdictOn("early")).toBeUndefined();
  expect(verdictOn("late")).toMatchObject({ status: 503, retryAfterSeconds: 5 });
  expect(verdictOn("late")).toBeUndefined();
});
