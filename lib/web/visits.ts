import "server-only";
import { headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";
import type { Present } from "@/lib/sessions/queries";
import { recordUsage } from "@/lib/usage/commands";
import { type CountedPage, pageAt } from "@/lib/usage/rules";
import { log } from "@/lib/web/log";
import { describeFault } from "@/lib/web/neutral";
import { countsAsActivity } from "@/lib/web/request";

type Headers = { get(name: string): string | null };
type Waiting = { accountId: string; page: CountedPage; since: number };
type Held = { waiting: Waiting[]; written?: Promise<void>; writeNow: () => void };

const pause = 3_000;
const mostWaiting = 2_000;

// One buffer per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxVisits?: Held };

/** Counts the page of this request as used by somebody who allows it; it is written soon after the answer (ACC-28). */
export const noteVisit = cache(async ({ account }: Present): Promise<void> => {
  if (account.analyticsAllowed !== "yes") return;
  const page = pageOpenedBy(await headers());
  if (page) after(keepVisit(account.id, page));
});

// Next fetches the page that an action leads to with the headers of the action's own request, but for the action's id.
const isForm = (asked: Headers) =>
  asked.get("next-action") !== null || (asked.get("content-type") !== null && asked.get("accept") !== "text/x-component");

/** The page that a request opens; sorting, searching or closing a window on the page one is on opens none. */
export function pageOpenedBy(asked: Headers): CountedPage | null {
  if (isForm(asked) || !countsAsActivity(asked)) return null;
  const path = asked.get("x-path") ?? "";
  const from = URL.parse(asked.get("referer") ?? "")?.pathname;
  return from === path.split("?", 1)[0] ? null : pageAt(path);
}

/** Takes a visit in until the next writing, or lets it go when too many wait; done when it is written. */
export function keepVisit(accountId: string, page: CountedPage): Promise<void> {
  const buffer = (kept.signalboxVisits ??= openBuffer());
  if (buffer.waiting.length < mostWaiting) buffer.waiting.push({ accountId, page, since: performance.now() });
  return (buffer.written ??= nextWriting(buffer));
}

function openBuffer(): Held {
  const buffer: Held = { waiting: [], writeNow: () => {} };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => buffer.writeNow());
  return buffer;
}

async function nextWriting(buffer: Held): Promise<void> {
  await new Promise<void>((resolve) => {
    buffer.writeNow = resolve;
    setTimeout(resolve, pause).unref();
  });
  const visits = buffer.waiting;
  Object.assign(buffer, { waiting: [], written: undefined });
  await writeVisits(visits).catch((fault: unknown) => log().warn({ error: describeFault(fault) }, "Page visits were lost"));
}

async function writeVisits(visits: readonly Waiting[]): Promise<void> {
  const now = performance.now();
  for (const [accountId, own] of Map.groupBy(visits, (visit) => visit.accountId)) {
    await recordUsage(accountId, own.map(({ page, since }) => ({ page, secondsAgo: (now - since) / 1_000 })));
  }
}
