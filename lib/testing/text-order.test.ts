import { globSync, readFileSync } from "node:fs";
import { getTableColumns, is, sql } from "drizzle-orm";
import { PgTable, PgText } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { naturalOrder } from "@/db/text-order";
import { connectAsOwner, newOrg } from "@/lib/testing/fixtures";
import { compareText } from "@/lib/shared/text-order";

const tables = Object.entries(schema).flatMap(([variable, table]) => (is(table, PgTable) ? [{ variable, columns: Object.entries(getTableColumns(table)) }] : []));
const textColumns = tables.flatMap(({ variable, columns }) => columns.filter(([, column]) => is(column, PgText)).map(([key, { name }]) => ({ key: `${variable}.${key}`, name })));
const keys = new Set(textColumns.map(({ key }) => key));
// Columns with codes, which are not shown.
const names = new Set(textColumns.map(({ name }) => name).filter((name) => !["kind", "country"].includes(name)));

/** The text from an opening parenthesis to the one that closes it. */
function inParentheses(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return text.slice(from + 1, at);
  }
  return text.slice(from + 1);
}

const withoutNaturalOrder = (text: string): string => {
  const at = text.indexOf("naturalOrder(");
  if (at < 0) return text;
  const from = at + "naturalOrder".length;
  return withoutNaturalOrder(text.slice(0, at) + text.slice(from + inParentheses(text, from).length + 2));
};

/** The orders by text in a source that do not name the collation. */
function ordersByPlainText(source: string): string[] {
  const text = withoutNaturalOrder(source);
  const built = [...text.matchAll(/\.orderBy\(/g)].map(({ index }) => inParentheses(text, index + ".orderBy".length));
  const written = [...text.matchAll(/\border by ([^`)]*)/gi)].map(([, columns = ""]) => columns);
  return [
    ...built.filter((order) => [...order.matchAll(/\b\w+\.\w+\b/g)].some(([column]) => keys.has(column)) || /\blower\(/.test(order)),
    ...written.filter((order) => [...order.replaceAll(/\b(limit|for) .*/gs, "").matchAll(/\w+/g)].some(([word]) => names.has(word))),
    ...[...text.matchAll(/\.localeCompare\(/g)].map(() => "localeCompare"),
  ];
}

describe("X-8: one order for all text", () => {
  const files = globSync(["lib/**/*.{ts,tsx}", "app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "scripts/new-area/template/**/*.tmpl"]).filter((file) => !/\.test\.|lib\/testing\//.test(file));

  test("X-8: the catalogue finds an order by text without the collation", () => {
    expect(ordersByPlainText("tx.select().from(sites).orderBy(asc(sites.name), sites.id)")).toHaveLength(1);
    expect(ordersByPlainText("sql`select 1 from sites s order by s.name, s.id`")).toHaveLength(1);
    expect(ordersByPlainText("rows.sort((a, b) => a.localeCompare(b))")).toHaveLength(1);
    expect(ordersByPlainText("sql`order by ${naturalOrder(sql`s.name`)}, s.id`; q.orderBy(naturalOrder(sites.name), sites.id)")).toEqual([]);
  });

  test("X-8: every order by text names the collation", () => {
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => ordersByPlainText(readFileSync(file, "utf8")).map((order) => `${file}: ${order}`))).toEqual([]);
  });

  test("X-8: an index by a shown text has the collation", async () => {
    const owner = connectAsOwner();
    const rows = await owner<{ index: string }[]>`
      select i.relname as index from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      cross join lateral unnest(x.indkey, x.indcollation) k (attnum, coll)
      where c.relnamespace = 'public'::regnamespace and not x.indisunique and k.coll <> 0 and k.coll <> 'natural_order'::regcollation order by 1`;
    await owner.end();
    // Looked up by an exact value, never sorted for anybody.
    expect(rows.map(({ index }) => index)).toEqual(["email_outbox_recipient", "email_outbox_status", "email_tokens_email", "email_tokens_email"]);
  });

  test("X-8: numbers sort by value, accents and case beside their letters, in the database and in the browser", async () => {
    const expected = ["Ängelholm", "apple", "Apple", "Store 2", "store 10", "Store 010a", "Zebra", "Ørsted"].toSorted(compareText);
    expect(expected.indexOf("Store 2")).toBeLessThan(expected.indexOf("store 10"));
    expect(expected.slice(0, 3)).toEqual(["Ängelholm", "apple", "Apple"]);
    const { id } = await newOrg();
    const rows = await withTenant({ orgId: id, sites: "all" }, (tx) =>
      tx.execute<{ name: string }>(sql`select name from unnest(${`{${expected.toReversed().map((name) => `"${name}"`).join(",")}}`}::text[]) name order by ${naturalOrder(sql`name`)}`),
    );
    expect(rows.map(({ name }) => name)).toEqual(expected);
  });
});
