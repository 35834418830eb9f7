import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type AugmentedRequest, Events, type MutableRedirectUri, type MutableResponse, type MutableToken, OAuth2Server } from "oauth2-mock-server";

export type FakeOAuthAccount = { sub: string; email: string; verified?: boolean };

/** Hooks that change the callback URL, the claims before signing, the token response, the discovery document and the answer to a revocation. */
type Tampering = {
  answer?: (address: URL) => void;
  claims?: (claims: Record<string, unknown>) => void;
  tokens?: (tokens: Record<string, unknown>, response: MutableResponse) => void;
  published?: (document: Record<string, unknown>) => void;
  revocation?: () => number;
};

type Grant = { person: FakeOAuthAccount; scope: string };

const escapeHtml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The account chooser page. */
function accountChooser(query: AugmentedRequest["query"]): string {
  const hiddenFields = Object.entries(query).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`);
  return `<!doctype html><html lang="en"><title>Choose an account</title><link rel="icon" href="data:,">
    <h1>Choose an account</h1><form action="/consent">${hiddenFields.join("")}
    <label>Email <input name="email"></label> <label>Number <input name="sub"></label>
    <button>Continue</button> <button name="answer" value="no">Cancel</button></form></html>`;
}

/** Starts a fake OAuth provider: with real keys for OpenID Connect, where the caller states the account. */
export async function fakeOAuthProvider(port?: number) {
  const server = new OAuth2Server(undefined, undefined, { endpoints: { authorize: "/consent", revoke: "/not-used" } });
  await server.issuer.keys.generate("RS256");
  const tampering: Tampering = {};
  const grants = new Map<string, Grant>();
  const asked: string[] = [];
  addAuthorization(server, grants, tampering);
  server.service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken, request: AugmentedRequest) => {
    const { code } = request.body as { code?: string };
    const person = grants.get(code ?? "")?.person;
    Object.assign(payload, { jti: randomUUID(), sub: person?.sub, email: person?.email, email_verified: person?.verified });
    if (payload.aud) tampering.claims?.(payload);
  });
  const tokens = addTokens(server, grants, tampering);
  server.service.on(Events.BeforeResponse, (response: MutableResponse, request: AugmentedRequest) => {
    asked.push(String((request.body as { code?: string }).code));
    if (response.body) tampering.tokens?.(response.body, response);
  });
  await server.start(port, "localhost");
  const issuer = server.issuer.url ?? "";

  /** Returns the query of the callback after consent. */
  async function answerOf(address: string, { sub, email, verified = true }: FakeOAuthAccount, answer = "yes"): Promise<string> {
    const consent = new URL(address.replace("/authorize", "/consent"));
    for (const [name, value] of Object.entries({ sub, email, answer, verified: verified ? "yes" : "no" })) consent.searchParams.set(name, value);
    const { headers } = await fetch(consent, { redirect: "manual" });
    return new URL(headers.get("location") ?? "").search;
  }
  return { issuer, tampering, asked, answerOf, ...tokens, close: () => server.stop() };
}

export type FakeOAuthProvider = Awaited<ReturnType<typeof fakeOAuthProvider>>;

function addAuthorization(server: OAuth2Server, grants: Map<string, Grant>, tampering: Tampering): void {
  server.service.addRoute("GET", "/authorize", ({ query }, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(accountChooser(query));
  });
  server.service.on(Events.BeforeWellKnownOpenIdConfiguration, ({ body }: MutableResponse) => {
    if (!body) return;
    Object.assign(body, { authorization_endpoint: `${server.issuer.url}/authorize`, authorization_response_iss_parameter_supported: true });
    tampering.published?.(body);
  });
  server.service.on(Events.BeforeAuthorizeRedirect, ({ url }: MutableRedirectUri, request: IncomingMessage) => {
    const { answer, email, sub, verified, scope } = (request as AugmentedRequest).query;
    const person = { sub: String(sub), email: String(email), verified: verified !== "no" };
    grants.set(url.searchParams.get("code") ?? "", { person, scope: String(scope) });
    url.searchParams.set("iss", server.issuer.url ?? "");
    url.searchParams.set("scope", String(scope));
    if (answer === "no") {
      url.searchParams.delete("code");
      url.searchParams.set("error", "access_denied");
      url.searchParams.set("error_description", "canary words of the provider");
    }
    tampering.answer?.(url);
  });
}

/** Refresh tokens that work once; a second use of one ends the grant, as providers that rotate them do. */
function addTokens(server: OAuth2Server, grants: Map<string, Grant>, tampering: Tampering) {
  const refreshTokens = new Map<string, Grant>();
  const used = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant>();
  const revoked: string[] = [];
  let refreshes = 0;
  const end = (grant: Grant | undefined) => refreshTokens.forEach((other, token) => other === grant && refreshTokens.delete(token));
  server.service.on(Events.BeforeResponse, (response: MutableResponse, request: AugmentedRequest) => {
    const { code = "", refresh_token: old = "" } = request.body as { code?: string; refresh_token?: string };
    const grant = grants.get(code) ?? refreshTokens.get(old);
    if (old) refreshes += 1;
    if (!grant) {
      end(used.get(old));
      Object.assign(response, { statusCode: 400, body: { error: "invalid_grant", error_description: "canary words of the provider" } });
      return;
    }
    if (refreshTokens.delete(old)) used.set(old, grant);
    const { refresh_token: next, access_token: access } = response.body as Record<string, string>;
    refreshTokens.set(String(next), grant);
    accessTokens.set(String(access), grant);
    if (!grant.scope.includes("openid")) Reflect.deleteProperty(response.body as object, "id_token");
  });
  server.service.on(Events.BeforeUserinfo, (response: MutableResponse, request: IncomingMessage) => {
    const person = accessTokens.get(String(request.headers.authorization).replace("Bearer ", ""))?.person;
    Object.assign(response, person ? { body: { account_id: person.sub, company: person.email } } : { statusCode: 401, body: {} });
  });
  server.service.addRoute("POST", "/revoke", ({ body }, response) => {
    const { token } = body as unknown as { token: string };
    response.statusCode = tampering.revocation?.() ?? 200;
    if (response.statusCode === 200) {
      revoked.push(token);
      end(refreshTokens.get(token) ?? accessTokens.get(token));
    }
    response.end();
  });
  return { refreshTokens, revoked, refreshCount: () => refreshes };
}
