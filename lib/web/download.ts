import "server-only";
import type { NextRequest } from "next/server";
import type * as z from "zod/mini";
import type { Actor } from "@/lib/access/actor";
import { csvRow, utf8Bom } from "@/lib/kernel/csv";
import { askingActor, refusalOf, valuesIn } from "@/lib/web/endpoint";
import { fromSearch } from "@/lib/web/page";

type List<Row> = (actor: Actor, input: never) => Promise<{ rows: Row[] }>;
type Context = { params: Promise<{ orgId: string }> };

export type CsvColumn<Row> = { title: string; value: (row: Row) => string | number | null };

type Spec<S extends z.ZodMiniType, Row> = { name: string; list: List<Row>; input: S; columns: readonly CsvColumn<Row>[] };

/** A list as CSV: everything the filter shows, by a command that puts the export on the record. */
export function csvDownload<S extends z.ZodMiniType, Row>({ name, list, input, columns }: Spec<S, Row>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { orgId } = await params;
      const actor = await askingActor(orgId);
      const asked = fromSearch(input, Object.fromEntries(valuesIn(request.nextUrl.searchParams)));
      const { rows } = await list(actor, asked as never);
      const lines = rows.map((row) => csvRow(columns.map(({ value }) => value(row))));
      const text = [utf8Bom, csvRow(columns.map(({ title }) => title)), ...lines].join("");
      return new Response(text, { headers: attachment(`${name}.csv`, "text/csv; charset=utf-8") });
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
