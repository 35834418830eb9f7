import "server-only";
import { type CsvColumn, csvParts } from "@/lib/kernel/csv";

/** Maps the items of a list that is read in batches. */
export async function* mapped<Item, Row>(batches: AsyncIterable<readonly Item[]>, row: (item: Item) => Row): AsyncGenerator<Row[]> {
  for await (const items of batches) yield items.map((item) => row(item));
}

/** A CSV file that is sent while its rows are read. */
export function csvFile<Row>(name: string, columns: readonly CsvColumn<Row>[], batches: AsyncIterable<readonly Row[]>): Response {
  return new Response(streamOf(csvParts(columns, batches)), { headers: attachment(`${name}.csv`, "text/csv; charset=utf-8") });
}

/** A file with one JSON object a line, sent while its rows are read. */
export function ndjsonFile(name: string, batches: AsyncIterable<readonly object[]>): Response {
  return new Response(streamOf(jsonLines(batches)), { headers: attachment(`${name}.ndjson`, "application/x-ndjson") });
}

async function* jsonLines(batches: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  for await (const rows of batches) if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** A stream of text that reads on demand and stops when the client disconnects. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        const { done, value } = await parts.next();
        if (done) sink.close();
        else sink.enqueue(encoder.encode(value));
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The headers of a download; the file name never contains user input. */
export const attachment = (file: string, type: string) => ({
  "Content-Type": type,
  "Content-Disposition": `attachment; filename="${file}"`,
  "Cache-Control": "private, no-store",
});
