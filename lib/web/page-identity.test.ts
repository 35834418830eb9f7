import { beforeEach, describe, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import type { Operation } from "@/lib/kernel/command";
import { identityFields, type PageIdentity } from "@/lib/shared/page-identity";
import type { FormState } from "@/lib/shared/form-state";
import { type TestAccount, newAccount, newOrg } from "@/lib/testing/fixtures";
import { newSession } from "@/lib/testing/sign-in";
import { accountAction, allowPending2faAction, pendingStepAction, publicAction, publicActions, recentAuthAction } from "@/lib/web/account-action";
import { action } from "@/lib/web/action";
import { browserAction } from "@/lib/web/browser-action";
import { identityError, type IdentityRule } from "@/lib/web/page-identity";
import { setSessionCookie } from "@/lib/web/session";

const jar = vi.hoisted(() => new Map<string, { value: string }>());

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: env().APP_URL }),
  cookies: async () => ({ get: (name: string) => jar.get(name), set: (name: string, value: string) => jar.set(name, { value }) }),
}));

beforeEach(() => jar.clear());

const [ada, bo] = [{ id: "a", email: "ada@x.test" }, { id: "b", email: "bo@x.test" }];
const page = (who: typeof ada | null, orgId: string | null = null): PageIdentity => ({ accountId: who?.id ?? null, email: who?.email ?? null, orgId });

describe("SES-12: a page acts only for the account it was rendered for", () => {
  const both: IdentityRule[] = ["same account", "not another account"];

  test.each(both)("%s: the account of the page is signed in, or nobody was and is", (rule) => {
    expect(identityError(page(ada), ada, rule, null)).toBeNull();
    expect(identityError(page(null), null, rule, null)).toBeNull();
  });

  test.each(both)("%s: somebody else is signed in now, and both are named", (rule) => {
    const error = identityError(page(ada), bo, rule, null);
    expect(error?.message).toBe("You are now signed in as bo@x.test, but this page was opened by ada@x.test. Nothing was changed");
  });

  test.each(both)("%s: a form that does not say for whom is refused", (rule) => {
    for (const now of [null, ada]) expect(identityError(undefined, now, rule, null)).toMatchObject({ code: "invalid" });
  });

  test("opened by nobody and signed in since, or signed out since: only what proves its account by itself goes on", () => {
    expect(identityError(page(null), bo, "same account", null)?.message).toMatch(/signed in as bo@x.test, but this page was opened while signed out/);
    expect(identityError(page(ada), null, "same account", null)?.message).toBe("You are signed out. Sign in again as ada@x.test to continue");
    for (const [drawn, now] of [[null, bo], [ada, null]]) expect(identityError(page(drawn ?? null), now ?? null, "not another account", null)).toBeNull();
  });

  test("a page of one organization does nothing in another", () => {
    expect(identityError(page(ada, "one"), ada, "same account", "one")).toBeNull();
    for (const orgId of ["two", null]) expect(identityError(page(ada, orgId), ada, "same account", "one")).toMatchObject({ code: "conflict" });
  });
});

const work = vi.fn(async () => "/done");
const command = Object.assign(work, { fromRaw: work, permission: "site.update", kind: "command" }) as unknown as Operation<unknown, string>;
const publicNames = Object.keys(publicActions) as (keyof typeof publicActions)[];
const wrappers: [name: string, (orgId: string) => (state: FormState, form: FormData) => Promise<FormState>][] = [
  ["action", (orgId) => (state, form) => action(command, () => "/done")(orgId, state, form)],
  ["accountAction", () => accountAction(work)],
  ["recentAuthAction", () => recentAuthAction(work)],
  ["allowPending2faAction", () => allowPending2faAction(work)],
  ["pendingStepAction", () => pendingStepAction("privacy", work)],
  ["browserAction", () => browserAction(work)],
  ...publicNames.map((name) => [`publicAction ${name}`, () => publicAction(name, work)] as (typeof wrappers)[number]),
];

async function signedIn(account: TestAccount) {
  await setSessionCookie(await newSession(account));
  return account;
}

function formOf(opener: TestAccount, orgId: string) {
  const form = new FormData();
  form.set(identityFields.accountId, opener.id);
  form.set(identityFields.email, opener.email);
  form.set(identityFields.orgId, orgId);
  form.set("firstName", "typed");
  form.set("password", "secret");
  return form;
}

describe("SES-12: every kind of server action refuses the page of another account before anything runs", () => {
  beforeEach(() => work.mockClear());

  test.each(wrappers)("%s", async (_name, make) => {
    const org = await newOrg();
    const [opener, now] = [await newAccount(), await signedIn(await newAccount())];
    const refused = await make(org.id)({}, formOf(opener, org.id));
    expect(refused).toEqual({
      values: { firstName: "typed" },
      pageIdentity: { accountId: opener.id, email: opener.email, orgId: org.id },
      error: { message: `You are now signed in as ${now.email}, but this page was opened by ${opener.email}. Nothing was changed` },
    });
    const unnamed = await make(org.id)({}, new FormData());
    expect(unnamed.error?.message).toMatch(/This page is out of date/);
    expect(work).not.toHaveBeenCalled();
  });
});
