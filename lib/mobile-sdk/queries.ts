import "server-only";
import { and, eq, like, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { sdkKeys } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { batchSize, keyset, type PageQuery } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { GetSdkKey, ListSdkKeys } from "@/lib/mobile-sdk/schema";
import { notFoundError } from "@/lib/shared/app-error";

/** The columns of an SDK key that may leave the server; the creator is null once they have left the organization. */
export const sdkKeyColumns = {
  id: sdkKeys.id,
  name: sdkKeys.name,
  secretEnd: sdkKeys.secretEnd,
  createdAt: sdkKeys.createdAt,
  createdBy: sql<string | null>`(select btrim(a.first_name || ' ' || a.last_name) from accounts a where a.id = sdk_keys.created_by)`,
};

export type SdkKey = Awaited<ReturnType<typeof sdkKeyById>>;

async function sdkKeyById(tx: Tx, sdkKeyId: string) {
  const [sdkKey] = await tx.select(sdkKeyColumns).from(sdkKeys).where(eq(sdkKeys.id, sdkKeyId));
  if (!sdkKey) throw notFoundError("SDK key");
  return sdkKey;
}

/** One SDK key of the organization. */
export const getSdkKey = query({
  permission: "sdk_key.read",
  input: GetSdkKey,
  run: ({ tx }, { sdkKeyId }) => sdkKeyById(tx, sdkKeyId),
});

const sortKeys = { name: { by: sdkKeys.name, type: "text" }, created: { by: sdkKeys.createdAt, type: "timestamptz" } } as const;

type Filter = Pick<z.output<typeof ListSdkKeys>, "search">;

const matches = ({ search }: Filter) => searchCondition(search, (pattern) => like(sdkKeys.searchText, pattern));

const selectPage = (tx: Tx, filter: Filter, page: PageQuery) =>
  tx
    .select({ ...sdkKeyColumns, at: page.at })
    .from(sdkKeys)
    .where(and(matches(filter), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);

/** A page of the SDK keys with their total number. */
export const listSdkKeys = query({
  permission: "sdk_key.read",
  input: ListSdkKeys,
  async run({ tx }, { search, ...paging }) {
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: sdkKeys.id });
    const page = request.page(await selectPage(tx, { search }, request));
    const total = page.next || page.previous ? await tx.$count(sdkKeys, matches({ search })) : page.rows.length;
    return { ...page, total };
  },
});

/** The next batch of an export, in the order of the page. */
export const readSdkKeyBatch = query({
  permission: "sdk_key.read",
  input: ListSdkKeys,
  async run({ tx }, { search, ...paging }) {
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: sdkKeys.id, size: batchSize });
    return request.page(await selectPage(tx, { search }, request));
  },
});
