import { expect } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";

export type Answer = { status: number; headers: Headers; body: string; location: string; requestId: string };
export type Fields = Record<string, string | readonly string[]>;

/** A form as the page drew it: what it would send, and to where, and the values that its choices offer. */
export type Form = { path: string; pairs: readonly (readonly [name: string, value: string])[]; options: ReadonlyMap<string, readonly string[]> };

export type Browser = ReturnType<typeof newBrowser>;

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
const plain = (html: string) => html.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? "");
const textOf = (html: string) => plain(html.replaceAll(/<!--.*?-->|<[^>]*>/gs, "")).trim();

function attributesOf(tag: string): Map<string, string> {
  const found = tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g);
  return new Map([...found].map(([, name = "", value = ""]) => [name.toLowerCase(), plain(value)]));
}

/** What one control sends as it stands; nothing for a box without a tick or a button. */
function sentBy(tag: string, kind: string, inner: string): [string, string][] {
  const about = attributesOf(tag);
  const name = about.get("name");
  if (!name || about.has("disabled")) return [];
  if (kind === "textarea") return [[name, plain(inner)]];
  if (kind === "select") {
    const chosen = [...inner.matchAll(/<option([^>]*)>/g)]
      .map(([, option = ""]) => attributesOf(option))
      .find((one) => one.has("selected"));
    return [[name, chosen?.get("value") ?? ""]];
  }
  const isTicked = !["checkbox", "radio"].includes(about.get("type") ?? "") || about.has("checked");
  return isTicked ? [[name, about.get("value") ?? ""]] : [];
}

/** The values that the choices of a form offer, by the name of the field. */
function offeredBy(inner: string): Form["options"] {
  const choices = [...inner.matchAll(/<input([^>]*type="(?:radio|checkbox)"[^>]*)>/g)].map(([, tag = ""]) => [attributesOf(tag).get("name") ?? "", tag]);
  const options = [...inner.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)].flatMap(([, select = "", held = ""]) =>
    [...held.matchAll(/<option([^>]*)>/g)].map(([, tag = ""]) => [attributesOf(select).get("name") ?? "", tag]),
  );
  const offered = new Map<string, string[]>();
  for (const [name = "", tag = ""] of [...choices, ...options]) {
    const value = attributesOf(tag).get("value");
    if (value) offered.set(name, [...(offered.get(name) ?? []), value]);
  }
  return offered;
}

const controls = /<(input)([^>]*)>|<(select|textarea)([^>]*)>(.*?)<\/\3>/gs;

/** The form of a page that is sent by the button with these words. */
export function formIn(html: string, path: string, button: string): Form {
  for (const [, own = "", inner = ""] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const words = [...inner.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, text = ""]) => textOf(text));
    if (!words.includes(button)) continue;
    const pairs = [...inner.matchAll(controls)].flatMap(([, input, about, other, otherAbout, held = ""]) =>
      sentBy(about ?? otherAbout ?? "", input ?? other ?? "", held),
    );
    return { path: attributesOf(own).get("action") || path, pairs, options: offeredBy(inner) };
  }
  throw new Error(`${path} has no form with the button ${button}`);
}

/** The same form with other things typed into it; a name may be new to it. */
export function filled(form: Form, fields: Fields): Form {
  const kept = form.pairs.filter(([name]) => !Object.hasOwn(fields, name));
  const typed = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  return { ...form, pairs: [...kept, ...typed] };
}

/** The same form with one id replaced by another wherever it stands, also in what is bound to the action. */
export function readdressed(form: Form, from: string, to: string): Form {
  const change = (text: string) => text.replaceAll(from, to);
  return { ...form, path: change(form.path), pairs: form.pairs.map(([name, value]) => [name, change(value)]) };
}

/** The fields a person sees and can change, for telling whether anything did. */
export const shownIn = ({ pairs }: Form) => pairs.filter(([name]) => !name.startsWith("$"));

/** The request that the page's script makes of the form. */
function byScript({ pairs }: Form): { id: string; body: FormData } {
  const bound = pairs
    .filter(([name]) => /^\$ACTION_\d+:\d$/.test(name))
    .map(([, value]) => JSON.parse(value) as unknown);
  const [{ id }, given] = bound as [{ id: string }, unknown[]];
  const body = new FormData();
  for (const [name, value] of pairs) if (!name.startsWith("$ACTION")) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify([...given, "$K1"]));
  return { id, body };
}

/** Every cookie the portal sets, checked against the rules for cookies. */
function expectSafe(cookie: string) {
  const [pair = "", ...attributes] = cookie.split(/;\s*/);
  const rules = attributes.map((one) => one.toLowerCase());
  expect(pair, cookie).toMatch(/^__Host-/);
  for (const rule of ["secure", "httponly", "samesite=lax", "path=/"]) expect(rules, cookie).toContain(rule);
  expect(cookie.length).toBeLessThan(4_096);
  expect(rules.some((rule) => rule.startsWith("domain="))).toBe(false);
}

/** Somebody's browser without a screen: a jar of cookies, and forms sent as a browser sends them. */
export function newBrowser(baseURL: string | undefined, cookies: ReadonlyMap<string, string> = new Map()) {
  const jar = new Map(cookies);
  const origin = new URL(baseURL ?? "").origin;
  /** The names of all cookies that were ever set or taken away here. */
  const given: string[] = [];

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("Cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
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

  function keep(cookie: string) {
    expectSafe(cookie);
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    given.push(name);
    if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name);
    else jar.set(name, value);
  }

  const get = (path: string, headers: Record<string, string> = {}) => ask(path, { headers });

  /** What the page's script asks for when it goes somewhere: it is first sent to the address that its headers make. */
  async function payload(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const asked = { RSC: "1", ...headers };
    const answer = await get(path, asked);
    return answer.status === 307 && answer.location.includes("_rsc") ? get(answer.location, asked) : answer;
  }

  async function formOn(path: string, button: string): Promise<Form> {
    const { status, body } = await get(path);
    expect(status, `${path} for its form ${button}`).toBe(200);
    return formIn(body, path, button);
  }

  /** As without script: the browser posts the form itself. */
  function send({ path, pairs }: Form): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    return ask(path, { method: "POST", body, headers: { Origin: origin } });
  }

  /** As with script: the action is called by its id. */
  function call(form: Form): Promise<Answer> {
    const { id, body } = byScript(form);
    return ask(form.path, {
      method: "POST",
      body,
      headers: { Origin: origin, "Next-Action": id, Accept: "text/x-component" },
    });
  }

  return { jar, given, get, payload, formOn, send, call };
}

/** The form as the page would have been rendered for the account of this browser, to try what that account may not do. */
export async function asOwn(browser: Browser, form: Form): Promise<Form> {
  const own = await browser.formOn("/orgs", "Sign out");
  const identity = own.pairs.filter(([name]) => name === "$accountId" || name === "$accountEmail");
  return filled(form, Object.fromEntries(identity));
}

/** Signs somebody of the demo world in; the organization is the one they land in. */
export async function signedInAs(baseURL: string | undefined, email: string, password = demoPassword) {
  const browser = newBrowser(baseURL);
  const answer = await browser.send(filled(await browser.formOn("/sign-in", "Sign in"), { email, password }));
  expect([answer.status, answer.location], `${email} signs in`).toEqual([303, expect.stringMatching(/^\/orgs/)]);
  return browser;
}
