import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { withWorkerScope } from "@/db/auth-access";
import { linkedAccounts, tokenRevocations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { linkAccount, startAccountLink, unlinkAccount } from "@/lib/linked-accounts/commands";
import { listApplications } from "@/lib/linked-accounts/queries";
import { backFromApplication, configureApplications, newApplicationAccount, newLinkedAccount } from "@/lib/testing/applications";
import { connectAsOwner, latestAuditEntry, listAuditEntries, newMember, newSuperUser } from "@/lib/testing/fixtures";
import { race } from "@/lib/testing/race";
import { newSession } from "@/lib/testing/sign-in";

const provider = await fakeOAuthProvider();

beforeAll(() => configureApplications(provider.issuer));
afterAll(() => provider.close());
afterEach(() => Object.assign(provider.tampering, { answer: undefined, tokens: undefined, revocation: undefined }));

type SuperUser = Awaited<ReturnType<typeof newSuperUser>>;

const zoomAccounts = async (actor: SuperUser) => (await listApplications(actor, {})).find(({ name }) => name === "zoom")?.accounts ?? [];
const rowsOf = ({ orgId }: { orgId: string }) => withTenant({ orgId, sites: "all" }, (tx) => tx.select().from(linkedAccounts));

describe("ORG-13: linking an account", () => {
  test("ORG-13: leads to the application with state, PKCE and the exact redirect address", async () => {
    const superUser = await newSuperUser();
    const { sessionId } = await newSession({ id: superUser.id }, "password");
    const { secret, url } = await startAccountLink(superUser, { application: "zoom", sessionId });
    const { origin, pathname, searchParams } = new URL(url);
    expect(`${origin}${pathname}`).toBe(`${provider.issuer}/authorize`);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: "signalbox",
      response_type: "code",
      redirect_uri: "http://localhost:3000/link-account/callback",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(url).not.toContain(secret);
  });

  test("ORG-13: shows the account with who linked it, and records it", async () => {
    const superUser = await newSuperUser();
    const { id, whom } = await newLinkedAccount(provider, superUser);
    expect(await zoomAccounts(superUser)).toMatchObject([{ id, name: whom.email, linkedBy: superUser.name, failedAt: null }]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "linked_account.linked", message: `Linked Zoom account ${whom.email}`, actorId: superUser.id });
    const [row] = await rowsOf(superUser);
    expect(row?.expiresAt?.getTime()).toBeGreaterThan(Date.now());
    expect(row?.refreshAt?.getTime()).toBeLessThan(Number(row?.expiresAt?.getTime()));
  });

  test("ORG-13: linked again, the account stays one and gets new tokens", async () => {
    const superUser = await newSuperUser();
    const { id, whom } = await newLinkedAccount(provider, superUser);
    const [before] = await rowsOf(superUser);
    expect((await newLinkedAccount(provider, superUser, whom)).id).toBe(id);
    const after = await rowsOf(superUser);
    expect(after).toHaveLength(1);
    expect(after[0]?.encryptedTokens).not.toEqual(before?.encryptedTokens);
  });

  test("ORG-13: two people who link the same account at the same time link it once", async () => {
    const superUser = await newSuperUser();
    const other = await newMember(superUser.org, "super_user");
    const whom = newApplicationAccount();
    const [own, theirs] = [await backFromApplication(provider, superUser, whom), await backFromApplication(provider, other, whom)];
    expect(await race([linkAccount(superUser, own), linkAccount(other, theirs)])).toEqual(["done", "done"]);
    expect(await zoomAccounts(superUser)).toHaveLength(1);
  });

  test("ORG-13: one of 20 uses of a callback links", async () => {
    const superUser = await newSuperUser();
    const callback = await backFromApplication(provider, superUser, newApplicationAccount());
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => linkAccount(superUser, callback)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ reason: "over" });
  });

  test("ORG-13: a member demoted between start and finish is refused, and no code is exchanged", async () => {
    const superUser = await newSuperUser();
    const callback = await backFromApplication(provider, superUser, newApplicationAccount());
    const asked = provider.asked.length;
    const demoted = { ...superUser, grants: [{ role: "observer" as const, sites: "all" as const }] };
    await expect(linkAccount(demoted, callback)).rejects.toMatchObject({ code: "forbidden" });
    expect([provider.asked.length, await rowsOf(superUser)]).toEqual([asked, []]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "access.denied" });
  });

  test("ORG-13: a callback of another session, account, organization or application links nothing", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    const colleague = await newMember(superUser.org, "super_user");
    const callback = () => backFromApplication(provider, superUser, newApplicationAccount());
    const other = await newSession({ id: superUser.id }, "password");
    await expect(linkAccount(superUser, { ...(await callback()), sessionId: other.sessionId })).rejects.toMatchObject({ reason: "over" });
    await expect(linkAccount(colleague, await callback())).rejects.toMatchObject({ reason: "over" });
    await expect(linkAccount(stranger, await callback())).rejects.toMatchObject({ reason: "over" });
    await expect(linkAccount({ ...superUser, orgId: stranger.orgId }, await callback())).rejects.toMatchObject({ reason: "failed" });
    await expect(linkAccount(superUser, { ...(await callback()), application: "teams" })).rejects.toMatchObject({ reason: "failed" });
    expect([await rowsOf(superUser), await rowsOf(stranger)]).toEqual([[], []]);
  });

  const answer = (change: (search: URLSearchParams) => void) => ({ answer: ({ searchParams }: URL) => change(searchParams) });
  test.each<[string, Partial<typeof provider.tampering>]>([
    ["another state", answer((search) => search.set("state", "another"))],
    ["no state", answer((search) => search.delete("state"))],
    ["two states", answer((search) => search.append("state", "another"))],
    ["the issuer of another provider", answer((search) => search.set("iss", "https://zoom.us"))],
    ["another code", answer((search) => search.set("code", "another"))],
    ["no code", answer((search) => search.delete("code"))],
    ["an unknown error", answer((search) => search.set("error", "canary_words"))],
    ["no access token", { tokens: (tokens) => void Reflect.deleteProperty(tokens, "access_token") }],
    ["an access token that belongs to nobody", { tokens: (tokens) => void (tokens.access_token = "another") }],
    ["another kind of token", { tokens: (tokens) => void (tokens.token_type = "canary") }],
  ])("ORG-13: an answer with %s links nothing and cannot be repeated", async (_name, tampering) => {
    const superUser = await newSuperUser();
    Object.assign(provider.tampering, tampering);
    const callback = await backFromApplication(provider, superUser, newApplicationAccount());
    const error: unknown = await linkAccount(superUser, callback).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: "failed" });
    expect(JSON.stringify(error)).not.toMatch(/canary|eyJ/);
    await expect(linkAccount(superUser, callback)).rejects.toMatchObject({ reason: "over" });
    expect(await rowsOf(superUser)).toEqual([]);
  });

  test("ORG-13: the code of another browser's flow is refused by PKCE", async () => {
    const superUser = await newSuperUser();
    const [own, other] = [await backFromApplication(provider, superUser, newApplicationAccount()), await backFromApplication(provider, superUser, newApplicationAccount())];
    const query = new URLSearchParams(own.answer);
    query.set("code", new URLSearchParams(other.answer).get("code") ?? "");
    await expect(linkAccount(superUser, { ...own, answer: `?${query}` })).rejects.toMatchObject({ reason: "failed" });
  });

  test("ORG-13: who cancels at the application is told so, and nothing is linked", async () => {
    const superUser = await newSuperUser();
    const callback = await backFromApplication(provider, superUser, newApplicationAccount(), "no");
    await expect(linkAccount(superUser, callback)).rejects.toMatchObject({ reason: "cancelled", message: "Nothing was linked: you cancelled at the application" });
    expect(await rowsOf(superUser)).toEqual([]);
  });

  test("ORG-13: an application that the operator has not configured is not linked", async () => {
    const superUser = await newSuperUser();
    const { sessionId } = await newSession({ id: superUser.id }, "password");
    await expect(startAccountLink(superUser, { application: "teams", sessionId })).rejects.toMatchObject({ reason: "off" });
    expect(await listApplications(superUser, {})).toMatchObject([{ name: "zoom", isConfigured: true }, { name: "teams", isConfigured: false, accounts: [] }]);
  });
});

describe("ORG-13: who may", () => {
  test.each(["network_admin", "super_observer"] as const)("ORG-13: %s sees the accounts and changes none", async (role) => {
    const superUser = await newSuperUser();
    const { id, whom } = await newLinkedAccount(provider, superUser);
    const member = await newMember(superUser.org, role);
    const { sessionId } = await newSession({ id: member.id }, "password");
    expect((await listApplications(member, {}))[0]?.accounts).toMatchObject([{ name: whom.email }]);
    await expect(startAccountLink(member, { application: "zoom", sessionId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(unlinkAccount(member, { linkedAccountId: id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await rowsOf(superUser)).toHaveLength(1);
  });

  test("ORG-13, TEN-3: another organization neither sees nor unlinks the account, and other roles see none", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    const { id } = await newLinkedAccount(provider, superUser);
    expect(await zoomAccounts(stranger)).toEqual([]);
    await expect(unlinkAccount(stranger, { linkedAccountId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(listApplications(await newMember(superUser.org, "observer"), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("ORG-13: unlinking", () => {
  const revocationOf = (id: string) => withWorkerScope((tx) => tx.select().from(tokenRevocations).where(eq(tokenRevocations.id, id)));

  test("ORG-13: removes the account at once, records it and keeps its tokens until they are revoked", async () => {
    const superUser = await newSuperUser();
    const { id, whom } = await newLinkedAccount(provider, superUser);
    const [row] = await rowsOf(superUser);
    await unlinkAccount(superUser, { linkedAccountId: id });
    expect(await rowsOf(superUser)).toEqual([]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "linked_account.unlinked", message: `Unlinked Zoom account ${whom.email}` });
    expect((await revocationOf(id))[0]?.encryptedTokens).toEqual(row?.encryptedTokens);
  });

  test("ORG-13: one of 20 parallel attempts unlinks, the others find nothing", async () => {
    const superUser = await newSuperUser();
    const { id } = await newLinkedAccount(provider, superUser);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => unlinkAccount(superUser, { linkedAccountId: id })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "not_found" });
    expect((await listAuditEntries(superUser)).filter(({ name }) => name === "linked_account.unlinked")).toHaveLength(1);
  });

  test("ORG-13: the tokens of a deleted organization are revoked too", async () => {
    const superUser = await newSuperUser();
    const { id } = await newLinkedAccount(provider, superUser);
    const owner = connectAsOwner();
    await owner.begin(async (tx) => {
      await tx`alter table organizations no force row level security`;
      await tx`delete from organizations where id = ${superUser.orgId}`;
      await tx`alter table organizations force row level security`;
    });
    await owner.end();
    expect(await revocationOf(id)).toHaveLength(1);
  });
});

test("CRY-2, ORG-13: tokens are found nowhere but encrypted", async () => {
  const superUser = await newSuperUser();
  const { id } = await newLinkedAccount(provider, superUser);
  const secrets = [...provider.refreshTokens.keys()];
  expect(secrets.length).toBeGreaterThan(0);
  const shown = JSON.stringify([await listApplications(superUser, {}), await listAuditEntries(superUser), await rowsOf(superUser), id]);
  for (const secret of [...secrets, "eyJ", "canary-client-secret"]) expect(shown).not.toContain(secret);
});
