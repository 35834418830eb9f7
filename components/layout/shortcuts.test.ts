import { expect, test } from "vitest";
import { actionsIn, type Command, filterCommands } from "./filter-commands";
import { nextEntry } from "./shortcuts";

test("X-10: arrows, Home and End move among the entries of a menu, around its ends", () => {
  const from = (at: number) => ["ArrowDown", "ArrowUp", "Home", "End", "a"].map((key) => nextEntry(key, at, 3));
  expect(from(-1)).toEqual([0, 2, 0, 2, undefined]);
  expect(from(0)).toEqual([1, 2, 0, 2, undefined]);
  expect(from(2)).toEqual([0, 1, 0, 2, undefined]);
  expect(nextEntry("ArrowDown", -1, 0)).toBeUndefined();
});

test("X-10: the palette finds actions by any of their words, and offers them where nothing is called so", () => {
  const commands: Command[] = [
    { label: "Administrators", href: "/administrators", group: "Pages" },
    { label: "Invite Administrator", href: "/administrators/invite", group: "Actions" },
    { label: "Sign out", press: "sign-out", group: "Actions" },
  ];
  expect(filterCommands(commands, "admin inv").map(({ label }) => label)).toEqual(["Invite Administrator"]);
  expect(filterCommands(commands, "out").map(({ press }) => press)).toEqual(["sign-out"]);
  expect(filterCommands(commands, "zzz")).toEqual([]);
  expect(actionsIn(commands).map(({ label }) => label)).toEqual(["Invite Administrator", "Sign out"]);
});
