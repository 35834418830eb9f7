import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { enterRequestContext, type RequestKind } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";

/** The response to a request whose handler sets a status before or after the headers are sent. */
async function answerTo(kind: RequestKind, { late = false } = {}) {
  const server = createServer((_, response) => {
    enterRequestContext({ id: "1", kind, response });
    queueMicrotask(() => {
      if (late) response.flushHeaders();
      setResponseStatus(429, { retryAfterSeconds: 5 });
      response.end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { status, headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.close();
  return [status, headers.get("retry-after")];
}

test("TEN-5, REL-3: a page and an action are answered with the status that was set, and when to try again", async () => {
  expect(await answerTo("document")).toEqual([429, "5"]);
  expect(await answerTo("action")).toEqual([429, "5"]);
});

test("the payload of a soft navigation keeps its status, and so does an answer that has begun", async () => {
  expect(await answerTo("payload")).toEqual([200, null]);
  expect(await answerTo("document", { late: true })).toEqual([200, null]);
});

test("outside of a request nothing happens", () => {
  expect(setResponseStatus(404)).toBeUndefined();
});
