import type { IncomingMessage } from "node:http";
import { type AugmentedRequest, Events, type MutableRedirectUri, type MutableResponse, type MutableToken, OAuth2Server } from "oauth2-mock-server";

export type FakeGoogleAccount = { sub: string; email: string; verified?: boolean };

/** Hooks that change the callback URL, the claims before signing, the token response and the discovery document. */
type Tampering = {
  answer?: (address: URL) => void;
  claims?: (claims: Record<string, unknown>) => void;
  tokens?: (tokens: Record<string, unknown>) => void;
  published?: (document: Record<string, unknown>) => void;
};

const escapeHtml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The account chooser page. */
function accountChooser(query: AugmentedRequest["query"]): string {
  const hiddenFields = Object.entries(query).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`);
  return `<!doctype html><html lang="en"><title>Choose an account</title><link rel="icon" href="data:,">
    <h1>Choose an account</h1><form action="/consent">${hiddenFields.join("")}
    <label>Email <input name="email"></label> <label>Number <input name="sub"></label>
    <button>Continue</button> <button name="answer" value="no">Cancel</button></form></html>`;
}

/** Starts a fake Google: an OpenID provider with real keys, where the caller states the account. */
export async function fakeGoogle(port?: number) {
  const server = new OAuth2Server(undefined, undefined, { endpoints: { authorize: "/consent" } });
  await server.issuer.keys.generate("RS256");
  const tampering: Tampering = {};
  const people = new Map<string, FakeGoogleAccount>();
  const asked: string[] = [];

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
    const { answer, email, sub, verified } = (request as AugmentedRequest).query;
    people.set(url.searchParams.get("code") ?? "", { sub: String(sub), email: String(email), verified: verified !== "no" });
    url.searchParams.set("iss", server.issuer.url ?? "");
    url.searchParams.set("scope", "openid email");
    if (answer === "no") {
      url.searchParams.delete("code");
      url.searchParams.set("error", "access_denied");
      url.searchParams.set("error_description", "canary words of the provider");
    }
    tampering.answer?.(url);
  });
  server.service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken, request: AugmentedRequest) => {
    const { code } = request.body as { code: string };
    const person = people.get(code);
    Object.assign(payload, { sub: person?.sub, email: person?.email, email_verified: person?.verified });
    if (payload.aud) tampering.claims?.(payload);
  });
  server.service.on(Events.BeforeResponse, ({ body }: MutableResponse, request: AugmentedRequest) => {
    asked.push(String((request.body as { code: string }).code));
    if (body) tampering.tokens?.(body);
  });

  await server.start(port, "localhost");
  const issuer = server.issuer.url ?? "";

  /** Returns the query of the callback after consent. */
  async function answerOf(address: string, { sub, email, verified = true }: FakeGoogleAccount, answer = "yes"): Promise<string> {
    const consent = new URL(address.replace("/authorize", "/consent"));
    for (const [name, value] of Object.entries({ sub, email, answer, verified: verified ? "yes" : "no" })) consent.searchParams.set(name, value);
    const { headers } = await fetch(consent, { redirect: "manual" });
    return new URL(headers.get("location") ?? "").search;
  }
  return { issuer, tampering, asked, answerOf, close: () => server.stop() };
}
