import { eq, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { beforeEach, expect, test, vi } from "vitest";
import { sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { query } from "@/lib/kernel/query";
import { AppError } from "@/lib/shared/app-error";
import { env } from "@/lib/env";
import { endSession } from "@/lib/sessions/commands";
import { newRequestMetadata, loadSession, newEmailAddress, newSession } from "@/lib/testing/sign-in";
import { newAccount, newMember, newOrg } from "@/lib/testing/fixtures";
import { action } from "@/lib/web/action";
import { recentAuthAction, allowPending2faAction, accountAction } from "@/lib/web/account-action";
import { identityFields } from "@/lib/shared/page-identity";
import { setSessionCookie } from "@/lib/web/session";

const jar = vi.hoisted(() => new Map<string, { value: string }>());

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: env().APP_URL }),
  cookies: async () => ({ get: (name: string) => jar.get(name), set: (name: string, value: string) => jar.set(name, { value }) }),
}));

beforeEach(() => jar.clear());

/** A session that was authenticated this many minutes ago. */
async function signedInSince(minutes: number) {
  const key = await newSession(await newAccount({ analyticsAllowed: "no" }));
  await setSessionCookie(key);
  const reauthenticatedAt = sql`now() - make_interval(mins => ${minutes})`;
  await withAuthScope(key, (tx) => tx.update(sessions).set({ reauthenticatedAt }).where(eq(sessions.id, key.sessionId)));
  return key;
}

async function submit(wrapper: typeof accountAction, accountId: string) {
  const work = vi.fn(async () => null);
  const form = new FormData();
  form.set(identityFields.accountId, accountId);
  const { ok, error } = await wrapper(work)({}, form);
  return { done: work.mock.calls.length, outcome: ok ? "done" : error?.message };
}

const findNothing = query({
  permission: "organization.read",
  input: z.looseObject({}),
  async run() {
    throw new AppError("not_found", "not found");
  },
});

const done = { done: 1, outcome: "done" };
const signedOut = { done: 0, outcome: expect.stringMatching(/^You are signed out\. Sign in again/) };

test("SES-11: what is sensitive is done within ten minutes of a proof, and not after", async () => {
  const recent = await signedInSince(9);
  expect(await submit(recentAuthAction, recent.accountId)).toEqual(done);
  const old = await signedInSince(11);
  expect(await submit(recentAuthAction, old.accountId)).toEqual({ done: 0, outcome: "Confirm it’s you first: open this page again" });
  expect(await submit(accountAction, old.accountId), "what is not sensitive").toEqual(done);
});

test("SES-11: an action of an organization can ask for a proof within ten minutes, too", async () => {
  for (const [minutes, outcome] of [[9, "not found"], [11, "Confirm it’s you first: open this page again"]] as const) {
    const key = await signedInSince(minutes);
    const org = await newOrg();
    await newMember(org, "super_user", "all", { id: key.accountId, email: newEmailAddress(), firstName: "Ada", lastName: "Berg" });
    const form = new FormData();
    form.set(identityFields.accountId, key.accountId);
    form.set(identityFields.orgId, org.id);
    const { error } = await action(findNothing, () => "/", { recentAuth: true })(org.id, {}, form);
    expect(error?.message).toBe(outcome);
  }
});

test("SES-7, SES-10: every action wrapper refuses a request without a session and one whose session has ended", async () => {
  const wrappers = [recentAuthAction, accountAction, allowPending2faAction];
  for (const wrapper of wrappers) expect(await submit(wrapper, "")).toEqual(signedOut);
  const key = await signedInSince(0);
  await endSession({ ...(await loadSession(key)), origin: newRequestMetadata() }, {});
  for (const wrapper of wrappers) expect(await submit(wrapper, key.accountId)).toEqual(signedOut);
});
