import "server-only";
import { headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";
import type { AuthSession } from "@/lib/sessions/queries";
import { insertPageViews } from "@/lib/usage-analytics/commands";
import { type TrackedPage, trackedPageFor } from "@/lib/usage-analytics/rules";
import { log } from "@/lib/web/log";
import { serializeError } from "@/lib/web/redact";
import { countsAsActivity } from "@/lib/web/request";

type Headers = { get(name: string): string | null };
type BufferedPageView = { accountId: string; page: TrackedPage; since: number };
type PageViewBuffer = { views: BufferedPageView[]; flushed?: Promise<void>; flushNow: () => void };

const flushDelayMs = 3_000;
const maxBuffered = 2_000;

// One buffer per process, even if a bundler loads this module twice.
const globals = globalThis as typeof globalThis & { signalboxPageViews?: PageViewBuffer };

/** Records a page view of an account that allows analytics; it is written after the response. */
export const recordPageView = cache(async ({ account }: AuthSession): Promise<void> => {
  if (account.analyticsAllowed !== "yes") return;
  const page = viewedPage(await headers());
  if (page) after(bufferPageView(account.id, page));
});

// After an action redirects, Next fetches the page with the headers of the action's request except its id.
const isFormSubmission = (requestHeaders: Headers) =>
  requestHeaders.get("next-action") !== null || (requestHeaders.get("content-type") !== null && requestHeaders.get("accept") !== "text/x-component");

/** Returns the page that a request opens, or null for a change within the same page. */
export function viewedPage(requestHeaders: Headers): TrackedPage | null {
  if (isFormSubmission(requestHeaders) || !countsAsActivity(requestHeaders)) return null;
  const path = requestHeaders.get("x-path") ?? "";
  const referrer = URL.parse(requestHeaders.get("referer") ?? "")?.pathname;
  return referrer === path.split("?", 1)[0] ? null : trackedPageFor(path);
}

/** Buffers a page view until the next flush and drops it when the buffer is full; resolves after the flush. */
export function bufferPageView(accountId: string, page: TrackedPage): Promise<void> {
  const buffer = (globals.signalboxPageViews ??= createBuffer());
  if (buffer.views.length < maxBuffered) buffer.views.push({ accountId, page, since: performance.now() });
  return (buffer.flushed ??= scheduleFlush(buffer));
}

function createBuffer(): PageViewBuffer {
  const buffer: PageViewBuffer = { views: [], flushNow: () => {} };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => buffer.flushNow());
  return buffer;
}

async function scheduleFlush(buffer: PageViewBuffer): Promise<void> {
  await new Promise<void>((resolve) => {
    buffer.flushNow = resolve;
    setTimeout(resolve, flushDelayMs).unref();
  });
  const views = buffer.views;
  Object.assign(buffer, { views: [], flushed: undefined });
  await flush(views).catch((error: unknown) => log().warn({ error: serializeError(error) }, "Page views were lost"));
}

async function flush(views: readonly BufferedPageView[]): Promise<void> {
  const now = performance.now();
  for (const [accountId, ownViews] of Map.groupBy(views, (view) => view.accountId)) {
    await insertPageViews(accountId, ownViews.map(({ page, since }) => ({ page, secondsAgo: (now - since) / 1_000 })));
  }
}
