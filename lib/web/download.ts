import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { csvLine, csvStart } from "@/lib/kernel/csv";
import { askingActor, refusalOf, valuesIn } from "@/lib/web/endpoint";
import { fromSearch } from "@/lib/web/page";

type Page<Row> = { rows: Row[]; next?: string };
type List<Row> = (actor: Actor, input: never) => Promise<Page<Row>>;
type Context = { params: Promise<{ orgId: string }> };

export type CsvColumn<Row> = { title: string; value: (row: Row) => string | number | null };

type Spec<S extends z.ZodType, Row> = { name: string; list: List<Row>; input: S; columns: readonly CsvColumn<Row>[] };

/** A list as CSV: everything the filter shows, fetched page by page while it is sent. */
export function csvDownload<S extends z.ZodType, Row>({ name, list, input, columns }: Spec<S, Row>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { orgId } = await params;
      const actor = await askingActor(orgId);
      const asked = fromSearch(input, Object.fromEntries(valuesIn(request.nextUrl.searchParams))) as object;
      const page = (after?: string) => list(actor, { ...asked, after, before: undefined } as never);
      const first = await page();
      return new Response(linesOf(first, page, columns), { headers: attachment(`${name}.csv`, "text/csv; charset=utf-8") });
    } catch (error) {
      return refusalOf(error, request);
    }
  };
}

/** The headers of a file to keep; its name is ours, never what somebody typed. */
export const attachment = (file: string, type: string) => ({
  "Content-Type": type,
  "Content-Disposition": `attachment; filename="${file}"`,
  "Cache-Control": "private, no-store",
});

function linesOf<Row>(first: Page<Row>, more: (after: string) => Promise<Page<Row>>, columns: readonly CsvColumn<Row>[]) {
  let page: Page<Row> | undefined = first;
  const text = (rows: Row[]) => rows.map((row) => csvLine(columns.map(({ value }) => value(row)))).join("");
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (sink) => sink.enqueue(encoder.encode(csvStart + csvLine(columns.map(({ title }) => title)))),
    async pull(sink) {
      if (!page) return sink.close();
      sink.enqueue(encoder.encode(text(page.rows)));
      page = page.next ? await more(page.next) : undefined;
    },
  });
}
