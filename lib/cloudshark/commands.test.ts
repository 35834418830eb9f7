import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testCloudShark } from "@/lib/cloudshark/commands";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import type { Actor } from "@/lib/access/actor";
import { latestAuditEntry, listAuditEntries, newMember, newSuperUser } from "@/lib/testing/fixtures";
import { localHttps } from "@/lib/testing/local-https";

const token = "canary-0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const accept: RequestListener = (_request, response) => response.setHeader("Content-Type", "application/json; charset=utf-8").end('{"captures":[]}');
const refuse: RequestListener = (_request, response) => response.writeHead(401, { "Content-Type": "application/json" }).end('{"exceptions":["Invalid API token"]}');
let answer = accept;
let paths: string[] = [];

const server = await localHttps((request, response) => {
  paths.push(request.url ?? "");
  answer(request, response);
});
const url = `https://localhost:${server.port}`;

// The only place that allows requests to this machine.
beforeAll(() => Object.assign(process.env, { OUTBOUND_NETWORKS: "127.0.0.1/32, ::1/128", OUTBOUND_PORTS: String(server.port) }));
afterAll(server.close);
afterEach(() => {
  answer = accept;
  paths = [];
});

async function save(actor: Actor, values: Record<string, string>) {
  const form = settingsFormValues(await getSettings(actor, {}));
  return updateSettings.fromRaw(actor, { ...form, ...values });
}

const failure = (actor: Actor, input: Parameters<typeof testCloudShark>[1]) => testCloudShark(actor, input).catch((error: unknown) => error);

describe("ORG-11: Test connection", () => {
  test("ORG-11: asks the search of the API with the typed token, and records that CloudShark accepted it", async () => {
    const superUser = await newSuperUser();
    await testCloudShark(superUser, { token, url });
    expect(paths).toEqual([`/api/v1/${token}/search?search%5Bfilename%5D=signalbox-connection-test`]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "cloudshark.tested", message: "Tested the CloudShark connection: accepted" });
  });

  test("ORG-11: asks with the token and the URL that are set", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { "cloudshark.apitoken": token, "cloudshark.url": `${url}/captures/` });
    await testCloudShark(superUser, { token: "", url: `${url}/captures/` });
    expect(paths).toEqual([expect.stringMatching(new RegExp(`^/captures/api/v1/${token}/search`))]);
  });

  test("ORG-11: a refused token is reported beside the field, and recorded", async () => {
    const superUser = await newSuperUser();
    answer = refuse;
    expect(await failure(superUser, { token, url })).toMatchObject({ code: "invalid", fields: { token: ["CloudShark refused this token"] } });
    expect(await latestAuditEntry(superUser)).toMatchObject({ message: "Tested the CloudShark connection: the token was refused" });
  });

  const others: Record<string, RequestListener> = {
    "a-page": (_request, response) => response.setHeader("Content-Type", "text/html").end("<h1>Router</h1>"),
    "an-error": (_request, response) => response.writeHead(500).end(),
    "nothing-there": (_request, response) => response.writeHead(404).end(),
    "a-redirect": (_request, response) => response.writeHead(302, { Location: `${url}/elsewhere` }).end(),
    "a-huge-answer": (_request, response) => response.setHeader("Content-Type", "application/json").end("x".repeat(100_000)),
    "a-closed-connection": ({ socket }) => void socket.destroy(),
  };

  test("ORG-11, WHK-4: whatever else answers is no CloudShark, in the words and after the time of an address that cannot be reached", async () => {
    const superUser = await newSuperUser();
    answer = (request, response) => others[request.url?.split("/")[1] ?? ""]?.(request, response);
    const timed = async (base: string) => {
      const begun = performance.now();
      return { error: await failure(superUser, { token, url: base }), after: performance.now() - begun };
    };
    const failures = await Promise.all(Object.keys(others).map((name) => timed(`${url}/${name}`)));
    for (const { error } of failures) expect(error).toMatchObject({ code: "invalid", message: expect.stringMatching(/^No CloudShark answered at this address/), fields: undefined });
    const times = failures.map(({ after }) => after);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1_000);
    expect(paths).toHaveLength(failures.length);
    expect(await latestAuditEntry(superUser)).toMatchObject({ message: "Tested the CloudShark connection: no answer" });
  });

  test.each(["http://localhost/", "https://user:password@localhost/", "localhost", "javascript:alert(1)"])("ORG-11: %s is refused as an address", async (other) => {
    expect(await failure(await newSuperUser(), { token, url: other })).toMatchObject({ code: "invalid", fields: { url: ["Enter an address that begins with https://"] } });
    expect(paths).toEqual([]);
  });
});

describe("ORG-11: the token that is set", () => {
  test("CRY-2: is sent to the saved URL only", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { "cloudshark.apitoken": token });
    expect(await failure(superUser, { token: "", url })).toMatchObject({ fields: { token: [expect.stringContaining("sent to the saved URL only")] } });
    expect(paths).toEqual([]);
  });

  test("CRY-2: must be typed again or removed when its URL changes", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { "cloudshark.apitoken": token, "cloudshark.url": "https://one.example.net" });
    const moved = save(superUser, { "cloudshark.url": url });
    await expect(moved).rejects.toMatchObject({ code: "invalid", fields: { "cloudshark.apitoken": [expect.stringContaining("Enter it again")] } });
    await save(superUser, { "cloudshark.url": url, "cloudshark.apitoken": "another" });
    await save(superUser, { "cloudshark.url": "", "remove.cloudshark.apitoken": "true" });
    expect((await getSettings(superUser, {})).secrets).toEqual([]);
  });

  test("ORG-11: without one, a token must be typed", async () => {
    expect(await failure(await newSuperUser(), { token: "", url })).toMatchObject({ fields: { token: ["Enter an API token"] } });
  });
});

test("CRY-2: the token is in no error and no audit entry", async () => {
  const superUser = await newSuperUser();
  answer = refuse;
  const errors = [await failure(superUser, { token, url }), await failure(superUser, { token, url: "https://localhost:9/" })];
  const told = JSON.stringify([errors, errors.map(String), await listAuditEntries(superUser)]);
  expect(told).not.toContain("canary");
});

test.each(["network_admin", "super_observer", "observer"] as const)("ORG-11: %s cannot test", async (role) => {
  const superUser = await newSuperUser();
  expect(await failure(await newMember(superUser.org, role), { token, url })).toMatchObject({ code: "forbidden" });
  expect(paths).toEqual([]);
});

test("ORG-11: an organization tests at most 20 times in 15 minutes", async () => {
  const superUser = await newSuperUser();
  const results = await Promise.all(Array.from({ length: 25 }, () => failure(superUser, { token: "", url })));
  const busy = results.filter((error) => (error as { code?: string }).code === "busy");
  expect(busy.length).toBe(0);
  const tests = await Promise.allSettled(Array.from({ length: 25 }, () => testCloudShark(superUser, { token, url })));
  expect(tests.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
});
