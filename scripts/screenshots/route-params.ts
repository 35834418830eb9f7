import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { addVirtualAuthenticator } from "../test/virtual-authenticator.ts";
import { findOrCreateTarget, neededTargets } from "./demo-targets.ts";
import type { RunSql } from "./portal.ts";
import { createAccountRequiring2fa } from "./reauthentication.ts";

/** Ids and tokens for the paths of a fresh portal. */
export type RouteParams = Record<string, string | undefined>;

type OpenPage = (user?: string) => Promise<Page>;

const noa = "noa.lindgren@halyard.example";
const mara = "mara.okafor@tidewater.example";
const id = "[\\da-f-]{36}";
const emailTimeout = 15_000;

/** Looks up the ids and emailed tokens that the screenshots need; missing ones are left out. */
export async function collectRouteParams(openPage: OpenPage, runSql: RunSql): Promise<RouteParams> {
  await createAccountRequiring2fa(runSql);
  const page = await openPage(mara);
  const org = new RegExp(`/orgs/(${id})`).exec(page.url())?.[1];
  const params: RouteParams = { org };
  const find = async (name: string, path: string, link: string) => {
    params[name] = await attempt(() => findId(page, `/orgs/${org}/${path}`, link));
  };
  for (const kind of neededTargets()) params[kind] = await attempt(() => findOrCreateTarget(page, `/orgs/${org}`, kind));
  await find("wlan", `wlan-templates/${params.wlanTemplate}`, `/wlans/(${id})`);
  await find("contested", "sites?search=lyon", `/sites/(${id})`);
  await find("administrator", "administrators?search=priya", `/administrators/(${id})`);
  await find("invited", "administrators?search=moreau", `/administrators/(${id})`);
  await find("entry", "audit-log?message=Changed+site", `entry=([^&"]+)`);
  params.invite = await attempt(() => emailedToken(page, "ines.moreau@tidewater.example", "invite", async () => {
    await page.goto(`/orgs/${org}/administrators/${params.invited}?dialog=resend`);
    await page.getByRole("dialog").getByRole("button", { name: /resend/i }).click();
    await page.waitForURL((url) => !url.search.includes("dialog"));
  }));
  params.linkedAccount = await attempt(() => linkZoom(page, `/orgs/${org}/settings`));
  await page.context().close();
  params.msp = await attempt(() => findMsp(openPage));
  await attempt(() => linkGoogle(openPage));
  params.passkey = await attempt(() => addPasskey(openPage));
  params.newAddress = await attempt(() => requestEmailChange(openPage));
  return { ...params, ...(await visitorTokens(openPage)) };
}

/** The Managed Service Provider of the demo data, as its administrator finds it. */
async function findMsp(openPage: OpenPage): Promise<string | undefined> {
  const page = await openPage(noa);
  const msp = await findId(page, "/orgs", `/msp/(${id})`);
  await page.context().close();
  return msp;
}

/** Links a Google account through the fake identity provider. */
async function linkGoogle(openPage: OpenPage): Promise<undefined> {
  const page = await openPage("sofie.brandt@tidewater.example");
  await page.goto("/account?dialog=google");
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await chooseAccount(page, "sofie.brandt@gmail.example", "104729");
  await page.getByRole("link", { name: "DISABLE Sign in with Google" }).waitFor();
  await page.context().close();
}

/** Chooses an account on the page of the fake provider. */
async function chooseAccount(page: Page, email: string, number: string): Promise<void> {
  await page.getByRole("heading", { name: "Choose an account" }).waitFor();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Number").fill(number);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Links a Zoom account through the fake provider and returns its id. */
async function linkZoom(page: Page, settings: string): Promise<string | undefined> {
  await page.goto(`${settings}?dialog=link-account&application=zoom`);
  await page.getByRole("button", { name: "Continue to Zoom" }).click();
  await chooseAccount(page, "Tidewater Retail", "104730");
  const link = page.getByRole("link", { name: "Tidewater Retail", exact: true }).last();
  return new RegExp(`linked-accounts/(${id})`).exec((await link.getAttribute("href")) ?? "")?.[1];
}

/** Adds a passkey with a virtual authenticator. */
async function addPasskey(openPage: OpenPage): Promise<string | undefined> {
  const page = await openPage("sofie.brandt@tidewater.example");
  const device = await addVirtualAuthenticator(page);
  await page.goto("/account?dialog=passkey");
  await device.setPresence(true);
  await page.getByRole("button", { name: "Continue" }).click();
  const link = page.getByRole("link", { name: /^Remove / }).first();
  const passkey = new RegExp(`passkey=(${id})`).exec((await link.getAttribute("href")) ?? "")?.[1];
  await page.context().close();
  return passkey;
}

/** Requests an email change that stays unconfirmed. */
async function requestEmailChange(openPage: OpenPage): Promise<string | undefined> {
  const [page, newEmail] = [await openPage("camille.laurent@tidewater.example"), "camille.laurent@tidewater-retail.example"];
  const secret = await emailedToken(page, newEmail, "verify/email", async () => {
    await page.goto("/account?dialog=email");
    await page.locator("dialog [name=email]").fill(newEmail);
    await page.getByRole("button", { name: "Send link" }).click();
    await page.waitForURL((url) => !url.search.includes("dialog"));
  });
  await page.context().close();
  return secret;
}

async function visitorTokens(openPage: OpenPage): Promise<RouteParams> {
  const page = await openPage();
  const reset = await attempt(() => emailedToken(page, "aiko.tanaka@tidewater.example", "reset", async () => {
    await page.goto("/recover");
    await page.locator("[name=email]").fill("aiko.tanaka@tidewater.example");
    await page.getByRole("button", { name: "Send reset link" }).click();
    await page.waitForURL(/sent/);
  }));
  let signUp: string | undefined;
  const verify = await attempt(() => emailedToken(page, "noor.haddad@tidewater.example", "verify", async () => {
    await page.goto("/create-account");
    const password = "a-quiet-evening-by-the-quay";
    const facts = { email: "noor.haddad@tidewater.example", firstName: "Noor", lastName: "Haddad", password };
    for (const [name, value] of Object.entries(facts)) await page.locator(`[name=${name}]`).fill(value);
    await page.locator("[name=terms]").check();
    await page.getByRole("button", { name: "Create Account" }).click();
    await page.waitForURL(/request=/);
    signUp = new URL(page.url()).searchParams.get("request") ?? undefined;
  }));
  await page.context().close();
  return { reset, verify, signUp };
}

const attempt = (work: () => Promise<string | undefined>) => work().catch(() => undefined);

async function findId(page: Page, path: string, link: string): Promise<string | undefined> {
  await page.goto(path);
  return new RegExp(link).exec(await page.locator("main").innerHTML())?.[1];
}

/** Triggers an email and returns the token of its link, read in the mailbox page. */
async function emailedToken(page: Page, to: string, word: string, trigger: () => Promise<void>): Promise<string | undefined> {
  await trigger();
  for (const end = Date.now() + emailTimeout; Date.now() < end; await pause(300)) {
    await page.goto("/mailbox");
    const email = page.getByRole("row").filter({ hasText: to }).getByRole("link").first();
    if ((await email.count()) === 0) continue;
    await email.click();
    const text = await page.locator("[data-email-text]").textContent();
    return new RegExp(`/${word}/([\\w-]+)`).exec(text ?? "")?.[1];
  }
  return undefined;
}
