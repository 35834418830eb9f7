import { expect } from "@playwright/test";
import { type HttpClient, type Fields, fillForm, signedInClient } from "./http-client.ts";
import { unchangedMembers, formValues, type OrgName, sharedGroups, superUserOf, type Target, targets, actions } from "./access-grid.ts";
import { addMember, insertLinkedAccount, newOwner, type Owner } from "./test-data.ts";
import { uniqueWord } from "./unique.ts";

export const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

export type TargetIds = Partial<Record<Target, string>>;
export type Organization = { id: string; path: string; superUser: HttpClient };
export type NamedOrganization = Organization & { name: OrgName };

const clients = new Map<string, Promise<HttpClient>>();

/** A demo account, signed in once per worker. */
export function clientOf(baseURL: string | undefined, email: string): Promise<HttpClient> {
  const key = `${email} at ${baseURL}`;
  const known = clients.get(key) ?? signedInClient(baseURL, email);
  clients.set(key, known);
  return known;
}

/** A demo organization with its Super User signed in. */
export async function demoOrganization(baseURL: string | undefined, name: OrgName): Promise<NamedOrganization> {
  const superUser = await clientOf(baseURL, superUserOf[name]);
  const { body } = await superUser.get("/orgs");
  const id = new RegExp(`href="/orgs/(${uuid.source})[^"]*"[^>]*><b[^>]*>${name}<`).exec(body)?.[1] ?? "";
  expect(id, `the id of ${name}`).not.toBe("");
  return { id, name, path: `/orgs/${id}`, superUser };
}

/** The id of the row that a list shows for a search, if any. */
export async function findRowId(
  { superUser, path }: Organization,
  area: string,
  word: string,
): Promise<string | undefined> {
  const { body } = await superUser.get(`${path}/${area}?search=${encodeURIComponent(word)}`);
  return new RegExp(`/${area}/(${uuid.source})"`).exec(body)?.[1];
}

export type SignedInOwner = Owner & { client: HttpClient };

/** The Super User of a new organization, signed in. */
export async function newSignedInOwner(baseURL: string | undefined, word: string): Promise<SignedInOwner> {
  const owner = await newOwner(word);
  return { ...owner, client: await signedInClient(baseURL, owner.email) };
}

/** A new organization with its Super User signed in. */
export async function newOrganization(baseURL: string | undefined, word: string): Promise<Organization & { owner: Owner }> {
  const { client, ...owner } = await newSignedInOwner(baseURL, word);
  return { owner, id: owner.orgId, path: `/orgs/${owner.orgId}`, superUser: client };
}

type SignedInOrganization = Pick<Organization, "path" | "superUser">;

/** Submits a form of the organization as its Super User; fails when it is refused. */
export async function submitForm({ superUser, path }: SignedInOrganization, at: string, button: string, fields: Fields = {}) {
  const answer = await superUser.send(fillForm(await superUser.formOn(`${path}/${at}`, button), fields));
  expect(answer.status, `${button} at ${at}`).toBe(303);
}

/** Invites a person by the form, by default as an observer of all sites. */
export const submitInvitation = (organization: SignedInOrganization, email: string, fields: Fields = {}) =>
  submitForm(organization, "administrators/invite", "Invite", { email, firstName: "Gert", lastName: "Ridder", role: "observer", scope: "all", ...fields });

/** Creates a WLAN in a new template. */
async function createWlan(organization: NamedOrganization): Promise<string | undefined> {
  const template = `wlan-templates/${await createTarget(organization, "wlanTemplate")}`;
  await submitForm(organization, `${template}/wlans/new`, "Add WLAN", { ssid: uniqueWord() });
  const { body } = await organization.superUser.get(`${organization.path}/${template}`);
  return new RegExp(`/wlans/(${uuid.source})"`).exec(body)?.[1];
}

/** Creates a demo target by the action that its area declares; an account of an application is inserted, and a WLAN has a template of its own. */
async function createTarget(organization: NamedOrganization, kind: Target): Promise<string | undefined> {
  const { list, createdBy = "", changedBy = "", belongsToSites, isInserted } = targets[kind];
  if (kind === "wlan") return createWlan(organization);
  if (isInserted) return insertLinkedAccount(organization.id);
  const action = actions[createdBy];
  if (!action) throw new Error(`no action creates a ${kind}`);
  const word = uniqueWord();
  const groups: Fields = belongsToSites ? { groups: sharedGroups[organization.name].join(", ") } : {};
  await submitForm(organization, action.page, action.button, { ...formValues(action, word), ...groups });
  const id = await findRowId(organization, list, word);
  const change = actions[changedBy];
  if (change) await submitForm(organization, pathWithIds(change.page, { [kind]: id }), change.button, formValues(change, uniqueWord()));
  return id;
}

const targetKinds = Object.keys(targets) as Target[];

/** Creates one target of each kind; members are existing ones that no test changes. */
export async function createTargets(organization: NamedOrganization): Promise<TargetIds> {
  const ids: TargetIds = {};
  for (const kind of targetKinds) {
    const { list, createdBy, isInserted } = targets[kind];
    ids[kind] = createdBy || isInserted ? await createTarget(organization, kind) : await findRowId(organization, list, unchangedMembers[organization.name]);
  }
  return ids;
}

/** Creates a target that a test can change. */
export async function newTarget(organization: NamedOrganization, kind: Target | undefined): Promise<TargetIds> {
  if (!kind) return {};
  const id = targets[kind].createdBy || targets[kind].isInserted ? await createTarget(organization, kind) : (await addMember(organization.id)).id;
  return { [kind]: id };
}

/** The path of a page with ids instead of its placeholders. */
export const pathWithIds = (at: string, ids: TargetIds) =>
  at.replace(/\[(\w+)\]/, (_, kind: Target) => {
    const id = ids[kind];
    if (!id) throw new Error(`there is no ${kind}`);
    return id;
  });
