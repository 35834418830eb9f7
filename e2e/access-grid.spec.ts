import { expect, test } from "@playwright/test";
import { permissionWords } from "../lib/shared/permissions.ts";
import { demoPassword } from "../db/seed/people.ts";
import { withIdentityOf, type HttpClient, fillForm, type Form, newHttpClient, parseForm, replaceId, visibleFields, signedInClient } from "./setup/http-client.ts";
import { clientOf, findRowId, newTarget, type NamedOrganization, type Organization, demoOrganization, pathWithIds, type TargetIds, createTargets } from "./setup/organizations.ts";
import {
  existingActions,
  existingPages,
  unchangedMembers,
  formValues,
  holdsPermission,
  type Member,
  members,
  type OrgName,
  resultPage,
  pages,
  seesGroups,
  sharedGroups,
  type Target,
  targets,
  type GridAction,
  actions,
} from "./setup/access-grid.ts";
import { addMember } from "./setup/test-data.ts";
import { uniqueEmail, uniqueWord } from "./setup/unique.ts";

type Demo = Record<OrgName, { organization: NamedOrganization; ids: TargetIds }>;
const demo = {} as Demo;

test.beforeAll(async ({ baseURL }) => {
  for (const name of ["Tidewater Retail", "Harbourline Logistics"] as const) {
    const organization = await demoOrganization(baseURL, name);
    demo[name] = { organization, ids: await createTargets(organization) };
  }
});

test.afterAll(async () => {
  for (const { organization, ids } of Object.values(demo)) {
    for (const { createdBy, deletedBy = "" } of Object.values(targets)) {
      const action = actions[deletedBy];
      if (createdBy && action) await organization.superUser.send(await formOf(organization, action, ids));
    }
  }
});

const listOf = ({ shownOn, page }: GridAction) => shownOn ?? page.split("/")[0] ?? "";

/** The form of an action as rendered for the Super User. */
const formOf = ({ superUser, path }: Organization, { page, button }: GridAction, ids: TargetIds) =>
  superUser.formOn(`${path}/${pathWithIds(page, ids)}`, button);

/** The state of what an action changes. */
async function stateOf(organization: Organization, action: GridAction, ids: TargetIds, word: string) {
  const { superUser, path } = organization;
  if (action.effect === "added")
    return (await findRowId(organization, listOf(action), word)) === undefined ? "absent" : "there";
  const page = `${path}/${pathWithIds(resultPage(action), ids).replace(/\?.*/, "")}`;
  const { status, body } = await superUser.get(page);
  if (action.effect === "none" && !(action.target && body.includes(">Save<"))) return status;
  return status === 200 && action.effect !== "deleted" ? visibleFields(await superUser.formOn(page, "Save")) : status;
}

async function tryAction(
  client: HttpClient,
  organization: Organization,
  action: GridAction,
  ids: TargetIds,
  method: "send" | "call" = "send",
  adapt = (form: Form) => form,
) {
  const word = uniqueWord();
  const rendered = await formOf(organization, action, ids);
  const form = client.jar.size > 0 && client !== organization.superUser ? await withIdentityOf(client, rendered) : rendered;
  const before = await stateOf(organization, action, ids, word);
  const first = await client[method](adapt(fillForm(form, formValues(action, word, form))));
  const isPreview = action.confirmedBy !== undefined && method === "send" && first.status === 200;
  const answer = isPreview ? await client.send(fillForm(parseForm(first.body, form.path, action.confirmedBy ?? ""), { $step: "run" })) : first;
  return { answer, before, after: await stateOf(organization, action, ids, word) };
}

/** How often the organization's audit log says that a person was refused something. */
async function denialCounts({ superUser, path }: Organization, person: string) {
  const { body } = await superUser.get(`${path}/audit-log/download?format=ndjson&period=7d&message=Not+allowed`);
  const counts = new Map<string, number>();
  for (const line of body.split("\n").filter(Boolean)) {
    const { email, message } = JSON.parse(line) as Record<"email" | "message", string>;
    const [, text = "", times = "1"] = /^(.*?)(?: \((\d+) times\))?$/.exec(message) ?? [];
    if (email === person) counts.set(text, (counts.get(text) ?? 0) + Number(times));
  }
  return counts;
}

test("TEN-5: every existing page, download and action is in the access grid", () => {
  expect(existingPages()).toEqual(Object.keys(pages).sort());
  expect(existingActions()).toEqual(Object.keys(actions).sort());
});

const targetIn = (at: string) => /\[(\w+)\]/.exec(at)?.[1] as Target | undefined;

/** Whether a target is at sites that this person does not see. */
const isHiddenFrom = (member: Member, target: Target | undefined) =>
  target !== undefined && targets[target].belongsToSites === true && !seesGroups(member, sharedGroups[member.organization]);

/** The permission to open the page of an action. */
const permissionOfPage = ({ page }: GridAction) => Object.values(pages).find(({ at }) => at === page.split("?")[0])?.permission ?? "site.read";

for (const member of members) {
  const { email, organization: at, role, scope } = member;
  const label = `${role}${scope === "all" ? "" : " of some sites"} (${email.split("@")[0]}, ${at})`;

  test(`TEN-5: pages as ${label}`, async ({ baseURL }) => {
    const { organization, ids } = demo[at];
    const client = await clientOf(baseURL, email);
    for (const [file, page] of Object.entries(pages)) {
      const { status } = await client.get(`${organization.path}/${pathWithIds(page.at, ids)}`.replace(/\/$/, ""));
      const hidden = isHiddenFrom(member, targetIn(page.at));
      const allowed = hidden ? 404 : 200;
      expect([file, status]).toEqual([file, holdsPermission(member, page.permission) ? allowed : 403]);
    }
  });

  test(`TEN-5: refused changes as ${label}`, async ({ baseURL }) => {
    const { organization, ids } = demo[at];
    const client = await clientOf(baseURL, email);
    const earlier = await denialCounts(organization, email);
    const expected = new Map<string, number>();
    for (const [name, action] of Object.entries(actions)) {
      if (holdsPermission(member, action.permission)) continue;
      const { answer, before, after } = await tryAction(client, organization, action, ids);
      // The page is rendered too, and answers 404 for a site outside the scope of a person who may open it.
      const hidden = holdsPermission(member, permissionOfPage(action)) && isHiddenFrom(member, action.target) && !action.showsResults;
      expect([name, answer.status]).toEqual([name, hidden ? 404 : 403]);
      expect(after, name).toEqual(before);
      const message = `Not allowed to ${permissionWords(action.permission)}`;
      expected.set(message, (expected.get(message) ?? 0) + 1);
    }
    const counts = await denialCounts(organization, email);
    for (const [message, times] of expected) expect([message, (counts.get(message) ?? 0) - (earlier.get(message) ?? 0)]).toEqual([message, times]);
  });

  const allowed = Object.entries(actions).filter(([, { permission, refusedOnly }]) => holdsPermission(member, permission) && !refusedOnly);
  if (allowed.length > 0) {
    test(`TEN-5: allowed changes as ${label}`, async ({ baseURL }) => {
      const { organization } = demo[at];
      const client = await clientOf(baseURL, email);
      for (const [name, action] of allowed) {
        const ids = await newTarget(organization, action.target);
        const undoes = actions[action.undoes ?? ""];
        if (undoes) await tryAction(organization.superUser, organization, undoes, ids);
        const { answer, before, after } = await tryAction(client, organization, action, ids);
        const location = action.leavesPortal ? /^http:\/\/localhost:\d+\/authorize\?/ : /notice=[\w-]+(?:#[\w-]+)?$/;
        const landing = action.showsResults ? [200, ""] : [303, expect.stringMatching(location)];
        expect([name, answer.status, answer.location]).toEqual([name, ...landing]);
        if (action.effect === "deleted") expect(after, name).toBe(404);
        else if (action.effect !== "none") expect(after, name).not.toEqual(before);
        await cleanUp(organization, action, ids);
      }
    });
  }
}

/** Deletes the target of an allowed action. */
async function cleanUp(organization: Organization, { target, effect }: GridAction, ids: TargetIds) {
  const away = target && actions[targets[target].deletedBy ?? ""];
  if (away && effect !== "deleted") await organization.superUser.send(await formOf(organization, away, ids));
}

test("TEN-5: a signed-out visitor is redirected to the sign-in page and changes nothing", async ({ baseURL }) => {
  const { organization, ids } = demo["Tidewater Retail"];
  const visitor = newHttpClient(baseURL);
  for (const [file, { at }] of Object.entries(pages)) {
    const { status, location, body } = await visitor.get(
      `${organization.path}/${pathWithIds(at, ids)}`.replace(/\/$/, ""),
    );
    if (file.endsWith("route.ts")) expect([file, status]).toEqual([file, 401]);
    else expect([file, status, location]).toEqual([file, 307, expect.stringContaining("/sign-in?next=")]);
    expect(body).not.toMatch(/tidewater/i);
  }
  for (const [name, action] of Object.entries(actions)) {
    for (const method of ["send", "call"] as const) {
      const { answer, before, after } = await tryAction(visitor, organization, action, ids, method);
      if (method === "call") expect([name, answer.status]).toEqual([name, 401]);
      else
        expect([name, answer.status, answer.location]).toEqual([
          name,
          expect.any(Number),
          expect.stringContaining("/sign-in"),
        ]);
      expect(after, name).toEqual(before);
    }
  }
});

for (const [own, other] of [
  ["Tidewater Retail", "Harbourline Logistics"],
  ["Harbourline Logistics", "Tidewater Retail"],
] as const) {
  test(`TEN-3: with the ids of ${other}, a Super User of ${own} finds nothing and changes nothing`, async () => {
    const { organization: ownOrganization } = demo[own];
    const { organization: otherOrganization, ids } = demo[other];
    for (const [file, { at }] of Object.entries(pages)) {
      const there = `${otherOrganization.path}/${pathWithIds(at, ids)}`.replace(/\/$/, "");
      expect([file, (await ownOrganization.superUser.get(there)).status]).toEqual([file, 404]);
      if (at.includes("["))
        expect([file, (await ownOrganization.superUser.get(there.replace(otherOrganization.id, ownOrganization.id))).status]).toEqual([file, 404]);
    }
    for (const [name, action] of Object.entries(actions)) {
      const withOwnId = (form: Form) => replaceId(form, otherOrganization.id, ownOrganization.id);
      for (const adapt of action.target && !action.showsResults ? [(form: Form) => form, withOwnId] : [(form: Form) => form]) {
        for (const method of ["send", "call"] as const) {
          const { answer, before, after } = await tryAction(ownOrganization.superUser, otherOrganization, action, ids, method, adapt);
          expect([name, method, answer.status]).toEqual([name, method, 404]);
          expect(after, name).toEqual(before);
        }
      }
    }
  });

  test(`TEN-3: no invitation of ${own} gives access to a site of ${other}`, async () => {
    const { organization: ownOrganization } = demo[own];
    const { organization: otherOrganization, ids } = demo[other];
    const invite = actions.inviteAdministratorAction;
    if (!invite) throw new Error("nobody can be invited");
    const email = uniqueEmail();
    const form = fillForm(await formOf(ownOrganization, invite, {}), {
      ...formValues(invite, email),
      email,
      scope: "sites",
      "sites[]": [ids.site ?? ""],
    });
    const { status, body } = await ownOrganization.superUser.send(form);
    expect(status).toBe(200);
    expect(body).toContain("One of these sites no longer exists");
    expect(await findRowId(ownOrganization, "administrators", email)).toBeUndefined();
    expect(otherOrganization.id).not.toBe(ownOrganization.id);
  });
}

const undeclaredFields = [
  "id",
  "orgId",
  "organizationId",
  "organization_id",
  "accountId",
  "account_id",
  "membershipId",
  "actorId",
  "isAdmin",
  "permissions",
  "grants",
  "createdAt",
  "created_at",
  "updatedAt",
  "deletedAt",
  "invitedBy",
  "acceptedAt",
  "suspendedAt",
  "lastSignInAt",
  "__proto__",
];

test("TEN-8: a form with an undeclared field is refused", async () => {
  const { organization, ids } = demo["Tidewater Retail"];
  const foreign = demo["Harbourline Logistics"].organization.id;
  for (const [name, action] of Object.entries(actions)) {
    const word = uniqueWord();
    const rendered = await formOf(organization, action, ids);
    const form = fillForm(rendered, formValues(action, word, rendered));
    const before = await stateOf(organization, action, ids, word);
    for (const field of undeclaredFields) {
      const { status } = await organization.superUser.send(fillForm(form, { [field]: foreign }));
      expect([name, field, status]).toEqual([name, field, 200]);
    }
    expect(await stateOf(organization, action, ids, word), name).toEqual(before);
  }
});

test("TEN-8: creating an organization and signing in ignore undeclared fields", async ({ baseURL }) => {
  const { organization } = demo["Tidewater Retail"];
  const foreign = demo["Harbourline Logistics"].organization.id;
  const extra = Object.fromEntries(undeclaredFields.map((field) => [field, foreign]));
  const { id, email } = await addMember(organization.id);
  const member = await signedInClient(baseURL, email);
  const created = await member.send(
    fillForm(await member.formOn("/orgs/new", "Create Organization"), { name: uniqueWord("Own"), ...extra }),
  );
  expect(created.location).toMatch(/^\/orgs\/[\da-f-]{36}\S*notice=organization-created_[\da-f-]{36}$/);
  expect(created.location).not.toContain(foreign);
  expect((await member.get(`/orgs/${foreign}`)).status).toBe(404);
  const visitor = newHttpClient(baseURL);
  const signInForm = fillForm(await visitor.formOn("/sign-in", "Sign in"), {
    email: unchangedMembers[organization.name],
    password: demoPassword,
    ...extra,
  });
  expect((await visitor.send(signInForm)).location).toMatch(new RegExp(`^${organization.path}`));
  const form = await organization.superUser.formOn(`${organization.path}/administrators/${id}?dialog=revoke`, "Revoke Access");
  expect((await organization.superUser.send(form)).status).toBe(303);
});
