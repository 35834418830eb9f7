import { expect, test } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { asOwn, type Browser, filled, type Form, newBrowser, readdressed, shownIn, signedInAs } from "./browser.ts";
import { browserOf, idOf, newTarget, newWord, type NamedOrganization, type Organization, organizationCalled, placed, type Places, targetsIn } from "./setup/cast.ts";
import {
  builtActions,
  builtPages,
  bystanders,
  fieldsOf,
  mayDo,
  type Member,
  members,
  type OrgName,
  pageOfTarget,
  pages,
  seesGroups,
  sharedGroups,
  type Target,
  targets,
  type Write,
  writes,
} from "./setup/grid.ts";
import { addMember } from "./setup/test-data.ts";

type World = Record<OrgName, { organization: NamedOrganization; places: Places }>;
const world = {} as World;

test.beforeAll(async ({ baseURL }) => {
  for (const name of ["Tidewater Retail", "Harbourline Logistics"] as const) {
    const organization = await organizationCalled(baseURL, name);
    world[name] = { organization, places: await targetsIn(organization) };
  }
});

test.afterAll(async () => {
  for (const { organization, places } of Object.values(world)) {
    for (const { createdBy, deletedBy = "" } of Object.values(targets)) {
      const write = writes[deletedBy];
      if (createdBy && write) await organization.boss.send(await formOf(organization, write, places));
    }
  }
});

const listOf = ({ page }: Write) => page.split("/")[0] ?? "";

/** The form of a change as the Super User is given it, with everything that is bound to its action. */
const formOf = ({ boss, path }: Organization, { page, button }: Write, places: Places) =>
  boss.formOn(`${path}/${placed(page, places)}`, button);

/** What there is to see of the thing that a change is about, or of its absence. */
async function stateOf(organization: Organization, write: Write, places: Places, word: string) {
  const { boss, path } = organization;
  if (write.effect === "added")
    return (await idOf(organization, listOf(write), word)) === undefined ? "absent" : "there";
  const page = `${path}/${placed(pageOfTarget(write), places).replace(/\?.*/, "")}`;
  const { status } = await boss.get(page);
  return status === 200 ? shownIn(await boss.formOn(page, "Save")) : status;
}

async function tried(
  browser: Browser,
  organization: Organization,
  write: Write,
  places: Places,
  how: "send" | "call" = "send",
  adapt = (form: Form) => form,
) {
  const word = newWord();
  const drawn = await formOf(organization, write, places);
  const form = browser.jar.size > 0 && browser !== organization.boss ? await asOwn(browser, drawn) : drawn;
  const before = await stateOf(organization, write, places, word);
  const answer = await browser[how](adapt(filled(form, fieldsOf(write, word, form))));
  return { answer, before, after: await stateOf(organization, write, places, word) };
}

/** The entries that the refusals of a few requests left in the organization's log. */
async function denials({ boss, path }: Organization) {
  const { body } = await boss.get(`${path}/audit-log/download?format=ndjson&period=7d&message=Denied`);
  const entries = body
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<"requestId" | "name" | "email" | "message", string>);
  return new Map(entries.map(({ requestId, name, email, message }) => [requestId, { name, email, message }]));
}

test("TEN-5: every page, download and action that is there is in the table", () => {
  expect(builtPages()).toEqual(Object.keys(pages).sort());
  expect(builtActions()).toEqual(Object.keys(writes).sort());
});

const targetIn = (at: string) => /\[(\w+)\]/.exec(at)?.[1] as Target | undefined;

/** Whether a row of this kind is at sites that this person does not see. */
const hiddenFrom = (member: Member, target: Target | undefined) =>
  target !== undefined && targets[target].belongsToSites === true && !seesGroups(member, sharedGroups[member.organization]);

for (const member of members) {
  const { email, organization: at, role, scope } = member;
  const who = `${role}${scope === "all" ? "" : " of some sites"} (${email.split("@")[0]}, ${at})`;

  test(`TEN-5: pages as ${who}`, async ({ baseURL }) => {
    const { organization, places } = world[at];
    const browser = await browserOf(baseURL, email);
    for (const [file, page] of Object.entries(pages)) {
      const { status } = await browser.get(`${organization.path}/${placed(page.at, places)}`.replace(/\/$/, ""));
      const hidden = hiddenFrom(member, targetIn(page.at));
      const allowed = file === "page.tsx" ? (mayDo(member, "site.read") ? 307 : 200) : hidden ? 404 : 200;
      expect([file, status]).toEqual([file, mayDo(member, page.permission) ? allowed : 403]);
    }
  });

  test(`TEN-5: refused changes as ${who}`, async ({ baseURL }) => {
    const { organization, places } = world[at];
    const browser = await browserOf(baseURL, email);
    const refused = new Map<string, Write>();
    for (const [name, write] of Object.entries(writes)) {
      if (mayDo(member, write.permission)) continue;
      const { answer, before, after } = await tried(browser, organization, write, places);
      // The page around the answer is drawn too, and a site that one reads but not this one is not there at all.
      const hidden = mayDo(member, "site.read") && hiddenFrom(member, write.target) && !write.showsResults;
      expect([name, answer.status]).toEqual([name, hidden ? 404 : 403]);
      expect(after, name).toEqual(before);
      refused.set(answer.requestId, write);
    }
    const recorded = await denials(organization);
    for (const [requestId, { permission }] of refused) {
      expect(recorded.get(requestId)).toEqual({ name: "access.denied", email, message: `Denied: ${permission}` });
    }
  });

  const allowed = Object.entries(writes).filter(([, { permission }]) => mayDo(member, permission));
  if (allowed.length > 0) {
    test(`TEN-5: allowed changes as ${who}`, async ({ baseURL }) => {
      const { organization } = world[at];
      const browser = await browserOf(baseURL, email);
      for (const [name, write] of allowed) {
        const places = await newTarget(organization, write.target);
        const undone = writes[write.undoes ?? ""];
        if (undone) await tried(organization.boss, organization, undone, places);
        const { answer, before, after } = await tried(browser, organization, write, places);
        const landing = write.showsResults ? [200, ""] : [303, expect.stringMatching(/notice=[\w-]+$/)];
        expect([name, answer.status, answer.location]).toEqual([name, ...landing]);
        if (write.effect === "deleted") expect(after, name).toBe(404);
        else if (write.effect !== "none") expect(after, name).not.toEqual(before);
        await tidied(organization, write, places);
      }
    });
  }
}

/** Takes away what an allowed change left behind. */
async function tidied(organization: Organization, { target, effect }: Write, places: Places) {
  const away = target && writes[targets[target].deletedBy ?? ""];
  if (away && effect !== "deleted") await organization.boss.send(await formOf(organization, away, places));
}

test("TEN-5: somebody signed out is led to the sign-in page, and changes nothing", async ({ baseURL }) => {
  const { organization, places } = world["Tidewater Retail"];
  const nobody = newBrowser(baseURL);
  for (const [file, { at }] of Object.entries(pages)) {
    const { status, location, body } = await nobody.get(
      `${organization.path}/${placed(at, places)}`.replace(/\/$/, ""),
    );
    if (file.endsWith("route.ts")) expect([file, status]).toEqual([file, 401]);
    else expect([file, status, location]).toEqual([file, 307, expect.stringContaining("/sign-in?next=")]);
    expect(body).not.toMatch(/tidewater/i);
  }
  for (const [name, write] of Object.entries(writes)) {
    for (const how of ["send", "call"] as const) {
      const { answer, before, after } = await tried(nobody, organization, write, places, how);
      if (how === "call") expect([name, answer.status]).toEqual([name, 401]);
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
    const { organization: home } = world[own];
    const { organization: abroad, places } = world[other];
    for (const [file, { at }] of Object.entries(pages)) {
      const there = `${abroad.path}/${placed(at, places)}`.replace(/\/$/, "");
      expect([file, (await home.boss.get(there)).status]).toEqual([file, 404]);
      if (at.includes("["))
        expect([file, (await home.boss.get(there.replace(abroad.id, home.id))).status]).toEqual([file, 404]);
    }
    for (const [name, write] of Object.entries(writes)) {
      const moved = (form: Form) => readdressed(form, abroad.id, home.id);
      for (const adapt of write.target && !write.showsResults ? [(form: Form) => form, moved] : [(form: Form) => form]) {
        for (const how of ["send", "call"] as const) {
          const { answer, before, after } = await tried(home.boss, abroad, write, places, how, adapt);
          expect([name, how, answer.status]).toEqual([name, how, 404]);
          expect(after, name).toEqual(before);
        }
      }
    }
  });

  test(`TEN-3: nobody of ${own} is given access to a site or a group of ${other}`, async () => {
    const { organization: home } = world[own];
    const { organization: abroad, places } = world[other];
    const invite = writes.inviteAdministratorAction;
    if (!invite) throw new Error("nobody can be invited");
    const email = `${newWord()}@example.test`;
    const form = filled(await formOf(home, invite, {}), {
      ...fieldsOf(invite, email),
      email,
      scope: "sites",
      "sites[]": [places.site ?? ""],
    });
    const { status, body } = await home.boss.send(form);
    expect(status).toBe(200);
    expect(body).toContain("One of these sites is not there any more");
    expect(await idOf(home, "administrators", email)).toBeUndefined();
    expect(abroad.id).not.toBe(home.id);
  });
}

const uninvited = [
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

test("TEN-8: a field that a form does not have is refused with all the rest", async () => {
  const { organization, places } = world["Tidewater Retail"];
  const foreign = world["Harbourline Logistics"].organization.id;
  for (const [name, write] of Object.entries(writes)) {
    const word = newWord();
    const drawn = await formOf(organization, write, places);
    const form = filled(drawn, fieldsOf(write, word, drawn));
    const before = await stateOf(organization, write, places, word);
    for (const field of uninvited) {
      const { status } = await organization.boss.send(filled(form, { [field]: foreign }));
      expect([name, field, status]).toEqual([name, field, 200]);
    }
    expect(await stateOf(organization, write, places, word), name).toEqual(before);
  }
});

test("TEN-8: a new organization and a sign-in take nothing from a form that they did not ask for", async ({ baseURL }) => {
  const { organization } = world["Tidewater Retail"];
  const foreign = world["Harbourline Logistics"].organization.id;
  const extra = Object.fromEntries(uninvited.map((field) => [field, foreign]));
  const { id, email } = await addMember(organization.id);
  const newcomer = await signedInAs(baseURL, email);
  const created = await newcomer.send(
    filled(await newcomer.formOn("/orgs/new", "Create Organization"), { name: newWord("Own"), ...extra }),
  );
  expect(created.location).toMatch(/^\/orgs\/[\da-f-]{36}\S*notice=organization-created_[\da-f-]{36}$/);
  expect(created.location).not.toContain(foreign);
  expect((await newcomer.get(`/orgs/${foreign}`)).status).toBe(404);
  const again = newBrowser(baseURL);
  const entered = filled(await again.formOn("/sign-in", "Sign in"), {
    email: bystanders[organization.name],
    password: demoPassword,
    ...extra,
  });
  expect((await again.send(entered)).location).toMatch(new RegExp(`^${organization.path}`));
  const form = await organization.boss.formOn(`${organization.path}/administrators/${id}?dialog=revoke`, "Revoke Access");
  expect((await organization.boss.send(form)).status).toBe(303);
});
