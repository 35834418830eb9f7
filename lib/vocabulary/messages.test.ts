import { expect, test } from "vitest";
import type { EventName } from "./events";
import { messageOf } from "./messages";

test("AUD-3: an entry is one line, whatever its subject holds", () => {
  expect(messageOf("site.created", "Har\r\nbour West")).toBe("Add site Har bour West");
});

test("AUD-6: an event of a later release is told by its name, and none by what objects inherit", () => {
  for (const name of ["site.merged", "toString", "constructor"]) {
    expect(messageOf(name as EventName, "Harbour", "from the API")).toBe(`${name} from the API`);
  }
});
