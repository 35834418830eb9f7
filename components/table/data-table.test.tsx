import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { cells } from "./cells";
import { type Column, DataTable } from "./data-table";
import type { Params } from "./url";

type Site = { id: string; name: string; note: string };

const columns: Column<Site>[] = [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => cells.link(`/sites/${id}`, name) },
  { key: "note", title: "Note", cell: ({ note }) => note },
  { key: "id", title: "Site ID", optional: true, cell: ({ id }) => cells.mono(id) },
];
const rows: Site[] = [{ id: "1", name: "<b>Berlin</b>", note: `"><script>alert(1)</script>` }];

function draw(params: Params = {}, drawn: readonly Site[] = rows) {
  return renderToStaticMarkup(
    <DataTable
      caption="Sites"
      columns={columns}
      rows={drawn}
      params={params}
      path="/sites"
      sort="name"
      search={{ name: "search", label: "Search sites" }}
      page={{ next: "c2", about: 40 }}
      empty={<p>No sites yet</p>}
    />,
  );
}

describe("a list", () => {
  it("INP-2: shows hostile cells as the text they are", () => {
    const page = draw();
    expect(page).toContain(`<a href="/sites/1">&lt;b&gt;Berlin&lt;/b&gt;</a>`);
    expect(page).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain("<script>");
  });

  it("sorts by its headings, the other way on the second click, and says how it is sorted", () => {
    expect(draw()).toContain(`aria-sort="ascending"><a href="/sites?sort=-name"`);
    expect(draw({ sort: "-name" })).toContain(`aria-sort="descending"><a href="/sites?sort=name"`);
    expect(draw({ sort: "note" })).toContain(`aria-sort="ascending"><a href="/sites?sort=-name"`);
  });

  it("shows the columns chosen, and always the first", () => {
    expect(draw()).not.toContain("<code>1</code>");
    const chosen = draw({ columns: "id" });
    expect(chosen).toContain("<code>1</code>");
    expect(chosen).toContain(`<a href="/sites/1">`);
    expect(chosen).not.toContain("alert(1)");
  });

  it("carries the rest of the address through search and paging", () => {
    const page = draw({ sort: "-name", search: "ber" });
    expect(page).toContain(`<input type="hidden" name="sort" value="-name">`);
    expect(page).toContain(`href="/sites?sort=-name&amp;search=ber&amp;after=c2"`);
  });

  it("tells an empty list from one in which nothing matches", () => {
    expect(draw({}, [])).toContain("No sites yet");
    expect(draw({ search: "x" }, [])).toContain("Nothing matches");
  });
});
