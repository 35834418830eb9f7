import { createServer, request as askUpstream, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { type Browser, newBrowser } from "./browser.ts";
import { browserOf, organizationCalled } from "./setup/cast.ts";

type Kept = {
  vary: string[];
  asked: IncomingMessage["headers"];
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
};

/** Keeps whatever the answer's own words do not forbid, as long as it likes, by address and by what it varies with. */
const mayKeep = (headers: IncomingMessage["headers"]) =>
  !/no-store|private/.test(headers["cache-control"] ?? "") && headers.vary !== "*";

/** A shared cache of the careless kind between people and the portal. */
async function careless(baseURL: string | undefined) {
  const upstream = new URL(baseURL ?? "");
  const store = new Map<string, Kept[]>();
  let hits = 0;
  const server = createServer((incoming, outgoing) => {
    const target = incoming.url ?? "/";
    const known = store
      .get(target)
      ?.find(({ vary, asked }) => vary.every((name) => asked[name] === incoming.headers[name]));
    if (known) {
      hits += 1;
      outgoing.writeHead(known.status, known.headers).end(known.body);
      return;
    }
    const answered = async (answer: IncomingMessage) => {
      const body = await buffer(answer);
      const { statusCode: status = 502, headers: given } = answer;
      const { "transfer-encoding": _, "content-length": __, ...own } = given;
      const vary = (given.vary ?? "").toLowerCase().split(/,\s*/).filter(Boolean);
      if (mayKeep(given))
        store.set(target, [
          ...(store.get(target) ?? []),
          { vary, asked: incoming.headers, status, headers: own, body },
        ]);
      outgoing.writeHead(status, own).end(body);
    };
    const headers = { ...incoming.headers, host: upstream.host };
    const asking = askUpstream(
      { host: upstream.hostname, port: upstream.port, path: target, headers },
      (answer) => void answered(answer),
    );
    asking.on("error", () => outgoing.writeHead(502).end());
    asking.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    kept: () => [...store.keys()],
    hits: () => hits,
    close: () => server.close(),
  };
}

test("WEB-4: through a careless shared cache nobody is given what was made for somebody else", async ({ baseURL }) => {
  const emails = [
    "mara.okafor@tidewater.example",
    "priya.raman@tidewater.example",
    "ada.harbourline@harbourline.example",
  ];
  const { path } = await organizationCalled(baseURL, "Tidewater Retail");
  const cache = await careless(baseURL);
  const people: { email: string; browser: Browser }[] = [];
  for (const email of emails)
    people.push({ email, browser: newBrowser(cache.address, (await browserOf(baseURL, email)).jar) });
  people.push({ email: "nobody@nowhere.example", browser: newBrowser(cache.address) });

  const { body: signIn } = await newBrowser(cache.address).get("/sign-in");
  const script = /\/_next\/static\/[^"]+\.js/.exec(signIn)?.[0] ?? "";
  const ownOnly = ["/", "/orgs", path, `${path}/sites`, `${path}/sites?_rsc`, `${path}/nothing`];
  const lists = ["administrators", "audit-log", "find?q=ma", "sites/download", "audit-log/download"].map(
    (place) => `${path}/${place}`,
  );
  for (const target of [...ownOnly, ...lists, "/sign-in", script]) {
    for (const headers of [{}, { RSC: "1" }] as Record<string, string>[]) {
      for (const { email, browser } of people) {
        const { body, status } = await browser.get(target, headers);
        const where = `${target} for ${email} (${status})`;
        const others = emails.filter((other) => other !== email && body.includes(other));
        if (ownOnly.includes(target)) expect(others, where).toEqual([]);
        if (email.startsWith("priya")) expect(body, where).not.toContain("Gdańsk");
        if (!email.endsWith("tidewater.example"))
          expect(body, where).not.toMatch(/Tidewater Retail|Gdańsk|mara\.okafor/);
      }
    }
  }
  for (const { browser, email } of people.slice(0, 2)) {
    expect((await browser.get(`${path}/sites`)).body, "the page names whom it is for").toContain(email);
  }
  expect(cache.kept().filter((target) => !target.startsWith("/_next/static/"))).toEqual([]);
  expect(cache.hits(), "the cache does keep what it may").toBeGreaterThan(0);
  cache.close();
});
