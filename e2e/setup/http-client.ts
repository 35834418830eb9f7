import { expect } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import { inDatabase } from "./database.ts";

export type HttpResponse = { status: number; headers: Headers; body: string; location: string; requestId: string };
export type Fields = Record<string, string | readonly string[]>;

/** A form as rendered: its action, the fields it would submit, and the options of its choices. */
export type Form = { path: string; pairs: readonly (readonly [name: string, value: string])[]; options: ReadonlyMap<string, readonly string[]> };

export type HttpClient = ReturnType<typeof newHttpClient>;

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
const decodeEntities = (html: string) => html.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? "");
const textOf = (html: string) => decodeEntities(html.replaceAll(/<!--.*?-->|<[^>]*>/gs, "")).trim();

function attributesOf(tag: string): Map<string, string> {
  const attributes = tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g);
  return new Map([...attributes].map(([, name = "", value = ""]) => [name.toLowerCase(), decodeEntities(value)]));
}

/** The fields that a control submits; none for an unchecked box or a button. */
function submittedBy(tag: string, kind: string, inner: string): [string, string][] {
  const attributes = attributesOf(tag);
  const name = attributes.get("name");
  if (!name || attributes.has("disabled")) return [];
  if (kind === "textarea") return [[name, decodeEntities(inner)]];
  if (kind === "select") {
    const chosen = [...inner.matchAll(/<option([^>]*)>/g)]
      .map(([, option = ""]) => attributesOf(option))
      .find((one) => one.has("selected"));
    return [[name, chosen?.get("value") ?? ""]];
  }
  const isSubmitted = !["checkbox", "radio"].includes(attributes.get("type") ?? "") || attributes.has("checked");
  return isSubmitted ? [[name, attributes.get("value") ?? ""]] : [];
}

/** The options of the radios, check boxes and selects of a form, by field name. */
function optionsIn(inner: string): Form["options"] {
  const choices = [...inner.matchAll(/<input([^>]*type="(?:radio|checkbox)"[^>]*)>/g)].map(([, tag = ""]) => [attributesOf(tag).get("name") ?? "", tag]);
  const selects = [...inner.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)].flatMap(([, select = "", content = ""]) =>
    [...content.matchAll(/<option([^>]*)>/g)].map(([, tag = ""]) => [attributesOf(select).get("name") ?? "", tag]),
  );
  const options = new Map<string, string[]>();
  for (const [name = "", tag = ""] of [...choices, ...selects]) {
    const value = attributesOf(tag).get("value");
    if (value) options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

const controls = /<(input)([^>]*)>|<(select|textarea)([^>]*)>(.*?)<\/\3>/gs;

/** The form of a page that has a button with this text. */
export function parseForm(html: string, path: string, button: string): Form {
  for (const [, attributes = "", inner = ""] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const labels = [...inner.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, text = ""]) => textOf(text));
    if (!labels.includes(button)) continue;
    const pairs = [...inner.matchAll(controls)].flatMap(([, input, inputAttributes, other, otherAttributes, content = ""]) =>
      submittedBy(inputAttributes ?? otherAttributes ?? "", input ?? other ?? "", content),
    );
    return { path: attributesOf(attributes).get("action") || path, pairs, options: optionsIn(inner) };
  }
  throw new Error(`${path} has no form with the button ${button}`);
}

/** The form with fields replaced or added. */
export function fillForm(form: Form, fields: Fields): Form {
  const kept = form.pairs.filter(([name]) => !Object.hasOwn(fields, name));
  const typed = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  return { ...form, pairs: [...kept, ...typed] };
}

/** The form with one id replaced everywhere, also in the bound arguments of its action. */
export function replaceId(form: Form, from: string, to: string): Form {
  const change = (text: string) => text.replaceAll(from, to);
  return { ...form, path: change(form.path), pairs: form.pairs.map(([name, value]) => [name, change(value)]) };
}

/** The fields of a form without those of the framework, to compare states. */
export const visibleFields = ({ pairs }: Form) => pairs.filter(([name]) => !name.startsWith("$"));

/** The request that React makes for the form. */
function actionRequest({ pairs }: Form): { id: string; body: FormData } {
  const bound = pairs
    .filter(([name]) => /^\$ACTION_\d+:\d$/.test(name))
    .map(([, value]) => JSON.parse(value) as unknown);
  const [{ id }, boundArguments] = bound as [{ id: string }, unknown[]];
  const body = new FormData();
  for (const [name, value] of pairs) if (!name.startsWith("$ACTION")) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify([...boundArguments, "$K1"]));
  return { id, body };
}

/** Fails when a cookie lacks an attribute that every cookie must have. */
function expectSafeCookie(cookie: string) {
  const [pair = "", ...attributes] = cookie.split(/;\s*/);
  const rules = attributes.map((one) => one.toLowerCase());
  expect(pair, cookie).toMatch(/^__Host-/);
  for (const rule of ["secure", "httponly", "samesite=lax", "path=/"]) expect(rules, cookie).toContain(rule);
  expect(cookie.length).toBeLessThan(4_096);
  expect(rules.some((rule) => rule.startsWith("domain="))).toBe(false);
}

/** An HTTP client with a cookie jar that submits forms as a browser does. */
export function newHttpClient(baseURL: string | undefined, cookies: ReadonlyMap<string, string> = new Map()) {
  const jar = new Map(cookies);
  const origin = new URL(baseURL ?? "").origin;
  /** The names of all cookies that were ever set or deleted. */
  const cookieNames: string[] = [];

  async function request(path: string, init: RequestInit = {}): Promise<HttpResponse> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("Cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) storeCookie(cookie);
    const location = response.headers.get("location") ?? "";
    const { status } = response;
    return {
      status,
      headers: response.headers,
      body: await response.text(),
      location,
      requestId: response.headers.get("x-request-id") ?? "",
    };
  }

  function storeCookie(cookie: string) {
    expectSafeCookie(cookie);
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    cookieNames.push(name);
    if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name);
    else jar.set(name, value);
  }

  const get = (path: string, headers: Record<string, string> = {}) => request(path, { headers });

  /** The RSC payload of a page; follows the redirect that adds the `_rsc` parameter. */
  async function payload(path: string, headers: Record<string, string> = {}): Promise<HttpResponse> {
    const all = { RSC: "1", ...headers };
    const answer = await get(path, all);
    return answer.status === 307 && answer.location.includes("_rsc") ? get(answer.location, all) : answer;
  }

  async function formOn(path: string, button: string): Promise<Form> {
    const { status, body } = await get(path);
    expect(status, `${path} for its form ${button}`).toBe(200);
    return parseForm(body, path, button);
  }

  /** Submits a form as a browser without JavaScript. */
  function send({ path, pairs }: Form): Promise<HttpResponse> {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    return request(path, { method: "POST", body, headers: { Origin: origin } });
  }

  /** Calls the server action of a form as React does. */
  function call(form: Form): Promise<HttpResponse> {
    const { id, body } = actionRequest(form);
    return request(form.path, {
      method: "POST",
      body,
      headers: { Origin: origin, "Next-Action": id, Accept: "text/x-component" },
    });
  }

  return { jar, cookieNames, get, payload, formOn, send, call };
}

/** The form with the page identity of this client's account, to try what that account may not do. */
export async function withIdentityOf(client: HttpClient, form: Form): Promise<Form> {
  const own = await client.formOn("/orgs", "Sign out");
  const identity = own.pairs.filter(([name]) => name === "$accountId" || name === "$accountEmail");
  return fillForm(form, Object.fromEntries(identity));
}

/** Resets the counted sign-ins: the suite signs in from one address more often than the limits per address allow. */
const resetSignInTotals = () => inDatabase((sql) => sql`delete from rate_limit_counters where key like 'sign_in_total:%' or key like 'sign_in_network_total:%'`);

/** An HTTP client that is signed in. */
export async function signedInClient(baseURL: string | undefined, email: string, password = demoPassword) {
  await resetSignInTotals();
  const client = newHttpClient(baseURL);
  const answer = await client.send(fillForm(await client.formOn("/sign-in", "Sign in"), { email, password }));
  expect([answer.status, answer.location], `${email} signs in`).toEqual([303, expect.stringMatching(/^\/orgs/)]);
  return client;
}
