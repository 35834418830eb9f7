import { expect, test, vi } from "vitest";
import { usageEvents } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { newAccount } from "@/lib/testing/fixtures";
import { bufferPageView, viewedPage } from "@/lib/web/page-views";

const org = "0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f";
const sites = `/orgs/${org}/sites`;
const here = "https://portal.example";
const sent = { "content-type": "multipart/form-data; boundary=x" };

test.each([
  ["a page", {}, "/orgs/[orgId]/sites"],
  ["a page after another", { referer: `${here}/orgs/${org}/audit-log?period=7d` }, "/orgs/[orgId]/sites"],
  ["a page by script", { rsc: "1", referer: `${here}/account` }, "/orgs/[orgId]/sites"],
  ["a page from elsewhere", { referer: "nonsense" }, "/orgs/[orgId]/sites"],
  ["a list that is searched", { "x-path": `${sites}?search=berlin`, referer: `${here}${sites}` }, null],
  ["a prefetch", { rsc: "1", "next-router-prefetch": "1" }, null],
  ["a prefetch by the browser", { "sec-purpose": "prefetch;prerender" }, null],
  ["a poll", { "x-background": "1" }, null],
  ["the page that a form leads to", { ...sent, accept: "text/x-component", referer: `${here}/account` }, "/orgs/[orgId]/sites"],
  ["a form that is sent", { ...sent, accept: "text/html,*/*;q=0.8" }, null],
  ["a form that is sent by script", { ...sent, accept: "text/x-component", "next-action": "40" }, null],
  ["a page that is not there", { "x-path": `${sites}/somewhere` }, null],
])("ACC-28: %s", (_, headers, page) => {
  expect(viewedPage(new Headers({ "x-path": sites, ...headers }))).toBe(page);
});

const countOf = async (accountId: string) => (await withAuthScope({ accountId }, (tx) => tx.select().from(usageEvents))).length;

test("ACC-28: page views are written in batches, and those beyond the buffer size are dropped", async () => {
  const [one, other] = [await newAccount({ analyticsAllowed: "yes" }), await newAccount({ analyticsAllowed: "yes" })];
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const first = bufferPageView(other.id, "/orgs");
  const rest = Array.from({ length: 2_500 }, () => bufferPageView(one.id, "/account"));
  expect(await countOf(other.id)).toBe(0);
  vi.advanceTimersByTime(3_000);
  vi.useRealTimers();
  await Promise.all([first, ...rest]);
  expect([await countOf(other.id), await countOf(one.id)]).toEqual([1, 1_999]);
});

test("ACC-28: SIGTERM flushes the buffer", async () => {
  const { id } = await newAccount({ analyticsAllowed: "yes" });
  const written = bufferPageView(id, "/account");
  process.emit("SIGTERM");
  await written;
  expect(await countOf(id)).toBe(1);
});

test("ACC-28: a failed flush loses its page views and does not affect later ones", async () => {
  const { id } = await newAccount({ analyticsAllowed: "yes" });
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const lost = bufferPageView("nobody", "/account");
  vi.advanceTimersByTime(3_000);
  await lost;
  const kept = bufferPageView(id, "/account");
  vi.advanceTimersByTime(3_000);
  vi.useRealTimers();
  await kept;
  expect(await countOf(id)).toBe(1);
});
