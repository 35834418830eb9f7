import { describe, expect, it } from "vitest";
import { countText } from "./table-foot";
import { entriesOf, hrefHere, hrefsWith, hrefWith, listOf, sortOf } from "./url";

describe("the address of a list", () => {
  it("AUD-5: keeps what is set and changes one thing", () => {
    const params = { search: "a b", site: ["x", "y"], sort: "name" };
    expect(hrefWith("/sites", params, { sort: "-name" })).toBe("/sites?search=a+b&site=x&site=y&sort=-name");
  });

  it("starts at the first row when anything else changes, and forgets the notice", () => {
    expect(hrefWith("/sites", { after: "c", before: "d", notice: "sent", search: "x" }, { search: "y" })).toBe("/sites?search=y");
    expect(hrefWith("/sites", { after: "c", search: "x" }, { before: "d" })).toBe("/sites?search=x&before=d");
  });

  it("is the same address one by one and many at once", () => {
    for (const params of [{}, { search: "a b", site: ["x", "y"], entry: "1", notice: "sent" }]) {
      const link = hrefsWith("/sites", params, ["entry", "after"]);
      for (const changes of [{ entry: "2&3", after: "c" }, { entry: undefined, after: undefined }, { entry: "", after: "ä" }]) {
        expect(link(changes)).toBe(hrefWith("/sites", params, changes));
      }
    }
  });

  it("stays at the same rows under a window", () => {
    expect(hrefHere("/sites", { after: "c", search: "x" }, { remove: "1" })).toBe("/sites?after=c&search=x&remove=1");
    expect(hrefHere("/sites", { after: "c", remove: "1", notice: "sent" }, { remove: undefined })).toBe("/sites?after=c");
  });

  it("AUD-5: the bare page is the defaults", () => {
    expect(hrefWith("/sites", { search: "", period: "7d" }, { period: undefined })).toBe("/sites");
  });

  it("keeps hostile values inside their parameter", () => {
    expect(hrefWith("/sites", { search: `"><a&b=c#d` }, {})).toBe("/sites?search=%22%3E%3Ca%26b%3Dc%23d");
  });

  it("reads lists in both spellings", () => {
    expect(listOf({ columns: "a,b" }, "columns")).toEqual(["a", "b"]);
    expect(listOf({ columns: ["a", "b"] }, "columns")).toEqual(["a", "b"]);
    expect(listOf({}, "columns")).toBeUndefined();
  });

  it("sorts only by columns that can be sorted", () => {
    expect(sortOf("-name", ["name"])).toEqual({ key: "name", descending: true });
    expect(sortOf("name", ["name"])).toEqual({ key: "name", descending: false });
    expect(sortOf("password_hash", ["name"])).toBeUndefined();
  });

  it("carries entries without the ones a form brings itself", () => {
    expect(entriesOf({ search: "x", admin: ["a", ""], after: "c" }, ["search"])).toEqual([["admin", "a"]]);
  });
});

describe("the count below a list", () => {
  it("says what it knows", () => {
    expect(countText({ next: "c", total: 1240 }, 50)).toBe("1–50 of 1,240");
    expect(countText({ next: "c", total: 12400, estimated: true }, 50)).toBe("1–50 of about 12,400");
    expect(countText({ total: 12 }, 12)).toBe("12");
    expect(countText({ next: "c", previous: "b", total: 10_001 }, 50)).toBe("50 of more than 10,000");
    expect(countText({ total: 2, all: 16, noun: "administrators" }, 2)).toBe("2 of 16 administrators");
    expect(countText({ total: 0, all: 16, noun: "administrators" }, 0)).toBe("0 of 16 administrators");
    expect(countText({ next: "c", total: 120, all: 10_001, noun: "sites" }, 50)).toBe("1–50 of 120 that match, of more than 10,000 sites");
    expect(countText({ previous: "b", from: 51, note: "times in UTC" }, 7)).toBe("51–57 · times in UTC");
  });
});
