import { randomBytes } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";
import { type Browser, type Fields, filled, formIn, signedInAs } from "../browser.ts";
import { bystanders, fieldsOf, type OrgName, sharedGroups, superUserOf, type Target, targets, writes } from "./grid.ts";
import { linkMailedTo } from "./mail.ts";

const uuid = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";
/** The password of everybody who joins in a test. */
export const newPassword = "violet-kettle-47-orbit";

export type Places = Partial<Record<Target, string>>;
export type Organization = { id: string; name: OrgName; path: string; boss: Browser };

/** A word that nothing else in the world contains, and in which nobody's search finds a name. */
export const newWord = (what = "grid") => `${what}-${randomBytes(6).toString("hex")}`;

const browsers = new Map<string, Promise<Browser>>();

/** Somebody of the demo world, signed in once for all tests of a file. */
export function browserOf(baseURL: string | undefined, email: string): Promise<Browser> {
  const whoAndWhere = `${email} at ${baseURL}`;
  const known = browsers.get(whoAndWhere) ?? signedInAs(baseURL, email);
  browsers.set(whoAndWhere, known);
  return known;
}

/** An organization of the demo world with a Super User of it. */
export async function organizationCalled(baseURL: string | undefined, name: OrgName): Promise<Organization> {
  const boss = await browserOf(baseURL, superUserOf[name]);
  const { body } = await boss.get("/orgs");
  const id = new RegExp(`href="/orgs/(${uuid})[^"]*"[^>]*><b[^>]*>${name}<`).exec(body)?.[1] ?? "";
  expect(id, `the id of ${name}`).not.toBe("");
  return { id, name, path: `/orgs/${id}`, boss };
}

/** The id of the one row that a list shows for a word, or nothing. */
export async function idOf(
  { boss, path }: Organization,
  area: string,
  word: string,
): Promise<string | undefined> {
  const { body } = await boss.get(`${path}/${area}?search=${encodeURIComponent(word)}`);
  return new RegExp(`/${area}/(${uuid})"`).exec(body)?.[1];
}

/** Sends a form of the organization as its Super User; it must be accepted. */
export async function done({ boss, path }: Organization, at: string, button: string, fields: Fields = {}) {
  const answer = await boss.send(filled(await boss.formOn(`${path}/${at}`, button), fields));
  expect(answer.status, `${button} at ${at}`).toBe(303);
}

/** Creates a demo target by the action that its area declares. */
async function createTarget(organization: Organization, kind: Target, fields: Fields = {}) {
  const { list, createdBy = "", belongsToSites } = targets[kind];
  const write = writes[createdBy];
  if (!write) throw new Error(`no action creates a ${kind}`);
  const word = newWord();
  const groups: Fields = belongsToSites ? { groups: sharedGroups[organization.name].join(", ") } : {};
  await done(organization, write.page, write.button, { ...fieldsOf(write, word), ...groups, ...fields });
  return idOf(organization, list, String(fields.email ?? word));
}

const newInvitation = (organization: Organization, email: string) => createTarget(organization, "invitation", { email });

/** Invites somebody new, who accepts and creates a login. */
export async function newMember(organization: Organization, newcomer: Browser, request: APIRequestContext) {
  const email = `${newWord()}@example.test`;
  const id = await newInvitation(organization, email);
  const follow = async (subject: RegExp, button: string, fields: Fields) => {
    const { pathname } = new URL(await linkMailedTo(request, email, subject));
    const { body } = await newcomer.get(pathname);
    return newcomer.send(filled(formIn(body, pathname, button), fields));
  };
  await follow(/Invitation to/, "Accept", {});
  const answer = await follow(/Create your login/, "Create Login", { password: newPassword, terms: "true" });
  expect([answer.status, answer.location]).toEqual([303, expect.stringContaining(organization.path)]);
  return { id, email };
}

/** Invites somebody who has an account to another organization too, and accepts for them: the id of that membership. */
export async function joinToo(organization: Organization, newcomer: Browser, email: string, request: APIRequestContext) {
  const id = await newInvitation(organization, email);
  const { pathname } = new URL(await linkMailedTo(request, email, new RegExp(`Invitation to ${organization.name}`)));
  expect((await newcomer.send(await newcomer.formOn(pathname, "Accept"))).status).toBe(303);
  return id;
}

const targetKinds = Object.keys(targets) as Target[];

/** What changes are tried on: refused ones on things that are kept, allowed ones on things made for them. */
export async function targetsIn(organization: Organization): Promise<Places> {
  const places: Places = {};
  for (const kind of targetKinds) {
    const { list, createdBy } = targets[kind];
    places[kind] = createdBy ? await createTarget(organization, kind) : await idOf(organization, list, bystanders[organization.name]);
  }
  return places;
}

/** Something new of a kind that can be changed, without anybody who would miss it. */
export async function newTarget(
  organization: Organization,
  kind: Target | undefined,
  join: () => Promise<{ id?: string }>,
): Promise<Places> {
  if (!kind) return {};
  return { [kind]: targets[kind].createdBy ? await createTarget(organization, kind) : (await join()).id };
}

/** The address of a page with the ids of these places in it. */
export const placed = (at: string, places: Places) =>
  at.replace(/\[(\w+)\]/, (_, kind: Target) => {
    const id = places[kind];
    if (!id) throw new Error(`there is no ${kind} to go to`);
    return id;
  });
