import "server-only";
import type { NextRequest } from "next/server";
import type * as z from "zod/mini";
import type { Actor } from "@/lib/access/actor";
import type { CsvColumn } from "@/lib/kernel/csv";
import { requireDownloadContext, refusalOf, valuesIn } from "@/lib/web/endpoint";
import { attachment, csvFile, mapped } from "@/lib/web/file-response";
import { fromSearch } from "@/lib/web/page";

type Context = { params: Promise<{ orgId: string }> };
type Params = Record<string, string | string[]>;

type Download<Input, Item, Row> = {
  name: string;
  /** The schema of the search parameters. */
  input: z.ZodMiniType<Input>;
  /** Writes the audit entry and returns all rows that match the filter. */
  open: (actor: Actor, input: Input) => Promise<AsyncGenerator<Item[]>>;
  row: (item: Item) => Row;
  /** The chosen columns. */
  columns: (params: Params) => readonly CsvColumn<Row>[];
};

/** A list as a CSV file: all rows of its filter, in its order, with its columns, written while they are read. */
export function csvDownload<Input, Item, Row>({ name, input, open, row, columns }: Download<Input, Item, Row>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { actor } = await requireDownloadContext((await params).orgId);
      const asked = Object.fromEntries(valuesIn(request.nextUrl.searchParams));
      const batches = await open(actor, fromSearch(input, asked));
      return csvFile(name, columns(asked), mapped(batches, row));
    } catch (error) {
      return refusalOf(error, request);
    }
  };
}

type TextFile = { name: string; type: string; open: (actor: Actor) => Promise<string> };

/** A text as a file. */
export function fileDownload({ name, type, open }: TextFile) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { actor } = await requireDownloadContext((await params).orgId);
      return new Response(await open(actor), { headers: attachment(name, type) });
    } catch (error) {
      return refusalOf(error, request);
    }
  };
}
