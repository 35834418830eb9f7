import { expect, test } from "vitest";
import type { EventName } from "./events";
import { eventMessage, messageSubject } from "./event-messages";

test("AUD-3: control characters in the subject cannot break the line", () => {
  expect(eventMessage("site.created", "Har\r\nbour West")).toBe("Added site Har bour West");
});

test.each([
  ["site.created", "Harbour (West)", "Harbour (West)"],
  ["administrator.revoked", "Ada Weir (ada@example.test)", "Ada Weir"],
  ["saved_view.created", "of site {subject}", "of site {subject}"],
  ["session.started", "ada@example.test", undefined],
] as const)("X-2: the message of %s about %s names %s", (name, label, subject) => {
  expect(messageSubject(name, eventMessage(name, label))).toBe(subject);
});

test("X-2: a changed subject is named without its fields", () => {
  expect(messageSubject("site.updated", eventMessage("site.updated", "Kiel", "", ["name", "country", "timeZone"]))).toBe("Kiel");
  expect(messageSubject("site.updated", eventMessage("site.updated", "Kiel", "", ["name"]))).toBe("Kiel");
  expect(messageSubject("site.merged", "site.merged")).toBeUndefined();
});

test("AUD-6: a message names the fields that changed", () => {
  const message = (...fields: string[]) => eventMessage("site.updated", "Lyon", "", fields);
  expect(message("streetAddress")).toBe("Changed address of site Lyon");
  expect(message("streetAddress", "country")).toBe("Changed address and country of site Lyon");
  expect(message("name", "country", "timeZone", "groups")).toBe("Changed name, country and 2 more fields of site Lyon");
  expect(message()).toBe("Changed details of site Lyon");
});

test("AUD-6: an unknown event shows its name, also when that is the name of an inherited property", () => {
  for (const name of ["site.merged", "toString", "constructor"]) {
    expect(eventMessage(name as EventName, "Harbour", "from the API")).toBe(`${name} from the API`);
  }
});
