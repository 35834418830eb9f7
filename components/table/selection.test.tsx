import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Column } from "./columns";
import { TableContent } from "./data-table";
import { namesText, type Selected, selectionParams, splitSelection } from "./selection";
import { hrefWith } from "./url";

const id = (digit: number) => `01900000-0000-7000-8000-00000000000${digit}`;
const columns: Column<{ id: string; name: string }>[] = [{ key: "name", title: "Name", cell: ({ name }) => name }];
const rows = [1, 2, 3].map((digit) => ({ id: id(digit), name: `Site ${digit}` }));
const none: Selected = { ids: [], all: false, dialog: "" };

const draw = (selected: Selected, next?: string, actions = [{ dialog: "revoke", label: "Revoke access" }]) =>
  renderToStaticMarkup(
    <TableContent
      caption="Sites"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      params={{ search: "site", after: "c1" }}
      path="/sites"
      page={{ next, total: 1240, noun: "sites" }}
      selection={{ actions, selected, name: ({ name }) => name }}
      empty={null}
    />,
  );

describe("the selection of a list", () => {
  it("X-5: is a GET form of check boxes and buttons, which leads to a dialog of the same list", () => {
    const page = draw(none);
    expect(page).toMatch(/<form id="selection" [^>]*action="\/sites"/);
    expect(page).toContain(`<input type="hidden" name="search" value="site"/>`);
    expect(page).toContain(`<input type="hidden" name="after" value="c1"/>`);
    expect(page).toMatch(/value="revoke" name="dialog">Revoke access<\/button>/);
    expect(page.match(/form="selection" aria-label="Select Site \d" name="ids"/g)).toHaveLength(3);
  });

  it("offers all that match only where they are not all on the page", () => {
    expect(draw(none)).not.toContain("that match");
    expect(draw(none, "c2")).toContain("All 1,240 sites that match");
  });

  it("ticks what the address selects, and all rows where it selects all", () => {
    expect(draw({ ...none, ids: [id(2)] }).match(/checked=""/g)).toHaveLength(1);
    expect(draw({ ...none, all: true }).match(/name="ids"[^>]*checked=""|checked=""[^>]*name="ids"/g)).toHaveLength(3);
  });

  it("is not there for those who can do nothing with it", () => {
    expect(draw(none, undefined, [])).not.toContain("checkbox");
  });

  it("INP-3: takes ids from the address only, at most a page of them, and leaves the list's own parameters alone", () => {
    const ids = [id(1), "x' or 1=1", "", ...Array.from({ length: 80 }, () => id(2))];
    const { params, selected } = splitSelection({ search: "a", ids, all: "yes", dialog: "revoke" });
    expect(params).toEqual({ search: "a" });
    expect([selected.ids.length, selected.all, selected.dialog]).toEqual([50, false, "revoke"]);
    expect(hrefWith("/sites", params, selectionParams({ after: "c" }, { ...none, ids: [id(1)] }))).toBe(`/sites?search=a&after=c&ids=${id(1)}`);
    expect(hrefWith("/sites", params, selectionParams({}, { ...none, all: true }))).toBe("/sites?search=a&all=true");
  });

  it("names a few and counts the rest", () => {
    expect(namesText(["Ada", "Bo"])).toBe("Ada and Bo");
    expect(namesText(["Ada", "Bo", "Cy", "Di", "Ed"])).toBe("Ada, Bo, Cy and 2 more");
  });
});
