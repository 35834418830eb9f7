import { createServer, request as requestUpstream, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { type HttpClient, newHttpClient } from "./setup/http-client.ts";
import { harbourlineMembers, tidewaterMembers } from "./setup/demo-members.ts";
import { clientOf, demoOrganization } from "./setup/organizations.ts";

type CachedResponse = {
  vary: string[];
  requestHeaders: IncomingMessage["headers"];
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
};

/** Caches whatever the response headers do not forbid, by URL and Vary. */
const mayCache = (headers: IncomingMessage["headers"]) =>
  !/no-store|private/.test(headers["cache-control"] ?? "") && headers.vary !== "*";

/** Starts a caching proxy in front of the portal. */
async function startCachingProxy(baseURL: string | undefined) {
  const upstream = new URL(baseURL ?? "");
  const store = new Map<string, CachedResponse[]>();
  let hits = 0;
  const server = createServer((incoming, outgoing) => {
    const target = incoming.url ?? "/";
    const cached = store
      .get(target)
      ?.find(({ vary, requestHeaders }) => vary.every((name) => requestHeaders[name] === incoming.headers[name]));
    if (cached) {
      hits += 1;
      outgoing.writeHead(cached.status, cached.headers).end(cached.body);
      return;
    }
    const respond = async (answer: IncomingMessage) => {
      const body = await buffer(answer);
      const { statusCode: status = 502, headers: responseHeaders } = answer;
      const { "transfer-encoding": _, "content-length": __, ...own } = responseHeaders;
      const vary = (responseHeaders.vary ?? "").toLowerCase().split(/,\s*/).filter(Boolean);
      if (mayCache(responseHeaders))
        store.set(target, [
          ...(store.get(target) ?? []),
          { vary, requestHeaders: incoming.headers, status, headers: own, body },
        ]);
      outgoing.writeHead(status, own).end(body);
    };
    const headers = { ...incoming.headers, host: upstream.host };
    const upstreamRequest = requestUpstream(
      { host: upstream.hostname, port: upstream.port, path: target, headers },
      (answer) => void respond(answer),
    );
    upstreamRequest.on("error", () => outgoing.writeHead(502).end());
    upstreamRequest.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    cachedPaths: () => [...store.keys()],
    hits: () => hits,
    close: () => server.close(),
  };
}

test("WEB-4: a shared cache never serves one user's response to another", async ({ baseURL }) => {
  const { superUser, networkAdmin } = tidewaterMembers;
  const emails: readonly string[] = [superUser, networkAdmin, harbourlineMembers.superUser];
  const { path } = await demoOrganization(baseURL, "Tidewater Retail");
  const cache = await startCachingProxy(baseURL);
  const users: { email: string; client: HttpClient }[] = [];
  for (const email of emails)
    users.push({ email, client: newHttpClient(cache.address, (await clientOf(baseURL, email)).jar) });
  users.push({ email: "nobody@nowhere.example", client: newHttpClient(cache.address) });

  const { body: signIn } = await newHttpClient(cache.address).get("/sign-in");
  const script = /\/_next\/static\/[^"]+\.js/.exec(signIn)?.[0] ?? "";
  const ownPages = ["/", "/orgs", path, `${path}/sites`, `${path}/sites?_rsc`, `${path}/nothing`];
  const lists = ["administrators", "audit-log", "find?q=ma", "sites/download", "audit-log/download"].map(
    (suffix) => `${path}/${suffix}`,
  );
  for (const target of [...ownPages, ...lists, "/sign-in", script]) {
    for (const headers of [{}, { RSC: "1" }] as Record<string, string>[]) {
      for (const { email, client } of users) {
        const { body, status } = await client.get(target, headers);
        const label = `${target} for ${email} (${status})`;
        const others = emails.filter((other) => other !== email && body.includes(other));
        if (ownPages.includes(target)) expect(others, label).toEqual([]);
        if (email === networkAdmin) expect(body, label).not.toContain("Gdańsk");
        if (!email.endsWith("tidewater.example"))
          expect(body, label).not.toMatch(/Tidewater Retail|Gdańsk|mara\.okafor/);
      }
    }
  }
  for (const { client, email } of users.slice(0, 2)) {
    expect((await client.get(`${path}/sites`)).body, "the page contains its own account").toContain(email);
  }
  expect(cache.cachedPaths().filter((target) => !target.startsWith("/_next/static/"))).toEqual([]);
  expect(cache.hits(), "the cache serves something").toBeGreaterThan(0);
  cache.close();
});
