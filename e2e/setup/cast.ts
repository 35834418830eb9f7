import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";
import { type Browser, type Fields, filled, signedInAs } from "../browser.ts";
import { bystanders, fieldsOf, type OrgName, sharedGroups, superUserOf, type Target, targets, writes } from "./grid.ts";
import { addMember } from "./test-data.ts";

const uuid = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";

export type Places = Partial<Record<Target, string>>;
export type Organization = { id: string; path: string; boss: Browser };
export type NamedOrganization = Organization & { name: OrgName };

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
export async function organizationCalled(baseURL: string | undefined, name: OrgName): Promise<NamedOrganization> {
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
async function createTarget(organization: NamedOrganization, kind: Target) {
  const { list, createdBy = "", belongsToSites } = targets[kind];
  const write = writes[createdBy];
  if (!write) throw new Error(`no action creates a ${kind}`);
  const word = newWord();
  const groups: Fields = belongsToSites ? { groups: sharedGroups[organization.name].join(", ") } : {};
  await done(organization, write.page, write.button, { ...fieldsOf(write, word), ...groups });
  return idOf(organization, list, word);
}

const targetKinds = Object.keys(targets) as Target[];

/** What changes are tried on: refused ones on things that are kept, allowed ones on things made for them. */
export async function targetsIn(organization: NamedOrganization): Promise<Places> {
  const places: Places = {};
  for (const kind of targetKinds) {
    const { list, createdBy } = targets[kind];
    places[kind] = createdBy ? await createTarget(organization, kind) : await idOf(organization, list, bystanders[organization.name]);
  }
  return places;
}

/** Something new of a kind that can be changed, without anybody who would miss it. */
export async function newTarget(organization: NamedOrganization, kind: Target | undefined): Promise<Places> {
  if (!kind) return {};
  const id = targets[kind].createdBy ? await createTarget(organization, kind) : (await addMember(organization.id)).id;
  return { [kind]: id };
}

/** The address of a page with the ids of these places in it. */
export const placed = (at: string, places: Places) =>
  at.replace(/\[(\w+)\]/, (_, kind: Target) => {
    const id = places[kind];
    if (!id) throw new Error(`there is no ${kind} to go to`);
    return id;
  });
