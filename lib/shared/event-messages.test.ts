import { expect, test } from "vitest";
import type { EventName } from "./events";
import { eventMessage } from "./event-messages";

test("AUD-3: control characters in the subject cannot break the line", () => {
  expect(eventMessage("site.created", "Har\r\nbour West")).toBe("Add site Har bour West");
});

test("AUD-6: an unknown event shows its name, also when that is the name of an inherited property", () => {
  for (const name of ["site.merged", "toString", "constructor"]) {
    expect(eventMessage(name as EventName, "Harbour", "from the API")).toBe(`${name} from the API`);
  }
});
