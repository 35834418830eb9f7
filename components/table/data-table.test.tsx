import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CellLink, CellTime } from "./cells";
import { type Column, fileColumns, visibleColumns } from "./columns";
import { TableContent } from "./data-table";
import { FilterMenu } from "./filters";
import { rowTime } from "./row-time";
import type { Params } from "./url";

type Site = { id: string; name: string; note: string };

const columns: Column<Site>[] = [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => <CellLink href={`/sites/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  { key: "note", title: "Note", cell: ({ note }) => note, file: { Note: ({ note }) => note, Length: ({ note }) => note.length } },
  { key: "id", title: "Site ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];
const rows: Site[] = [{ id: "1", name: "<b>Berlin</b>", note: `"><script>alert(1)</script>` }];

function draw(params: Params = {}, drawn: readonly Site[] = rows) {
  return renderToStaticMarkup(
    <TableContent
      caption="Sites"
      columns={columns}
      rows={drawn}
      rowKey={({ id }) => id}
      params={params}
      path="/sites"
      sort="name"
      search={{ name: "search", label: "Search sites" }}
      page={{ next: "c2", total: 40 }}
      download={["csv"]}
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
    expect(page).toContain(`<input type="hidden" name="sort" value="-name"/>`);
    expect(page).toContain(`href="/sites?sort=-name&amp;search=ber&amp;after=c2"`);
  });

  it("tells an empty list from one in which nothing matches", () => {
    expect(draw({}, [])).toContain("No sites yet");
    expect(draw({ search: "x" }, [])).toContain("No results");
  });

  it("X-8: is downloaded with the search, the filter, the order and the columns that it shows", () => {
    const params = { search: "ber", country: ["DE", "FR"], sort: "-name", columns: ["name", "id"], after: "c2", notice: "saved" };
    const query = "search=ber&amp;country=DE&amp;country=FR&amp;sort=-name&amp;columns=name&amp;columns=id";
    expect(draw(params)).toContain(`href="/sites/download?${query}" download=""`);
    expect(draw()).toContain(`href="/sites/download" download=""`);
  });
});

describe("a filter", () => {
  const options = [{ value: "a", label: "Super User" }, { value: "b", label: "Observer" }];
  const drawFilter = (params: Params) =>
    renderToStaticMarkup(<FilterMenu name="role" label="Role" options={options} params={params} path="/people" />);

  it("X-8: names what is chosen, and its cross leads to the list without it", () => {
    expect(drawFilter({})).not.toContain("Remove");
    const one = drawFilter({ role: "a", search: "x" });
    expect(one).toContain("Role:</span><b class=\"min-w-0 truncate font-medium\">Super User</b>");
    expect(one).toMatch(/<a class="[^"]*" data-on="" href="\/people\?search=x">.*Remove Role: Super User/);
    expect(drawFilter({ role: ["a", "b"] })).toContain("Super User +1</b>");
    expect(drawFilter({ role: "gone" })).toContain(">1</b>");
  });
});

describe("the columns of a list", () => {
  it("X-8: are the same in the file as on the page", () => {
    const headings = (params: Params) => fileColumns(columns, params).map(({ title }) => title);
    expect(headings({})).toEqual(["Name", "Note", "Length"]);
    expect(headings({ columns: ["name", "id"] })).toEqual(["Name", "Site ID"]);
    expect(visibleColumns(columns, { columns: "nonsense" }).map(({ key }) => key)).toEqual(["name"]);
  });

  it("write a heading once", () => {
    const twice = [...columns, { key: "again", title: "Note", cell: () => null, file: () => "second" }];
    expect(fileColumns(twice, {}).map(({ title, value }) => [title, rows[0] && value(rows[0])])).toEqual([
      ["Name", "<b>Berlin</b>"],
      ["Note", `"><script>alert(1)</script>`],
      ["Length", 27],
    ]);
  });

  it("X-9: show a moment in the person's format, its zone on hover", () => {
    const moment = rowTime(new Date("2026-03-03T13:05:00Z"), { zone: "Europe/Berlin" });
    expect(renderToStaticMarkup(<CellTime time={moment} />)).toBe(
      '<time dateTime="2026-03-03T13:05:00.000Z" title="3 Mar 2026, 14:05:00 (Europe/Berlin)">3 Mar 2026, 14:05</time>',
    );
  });
});
