import { fakeApplications } from "@/lib/integrations/fake-applications";
import type { FakeOAuthAccount, FakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { linkAccount, startAccountLink } from "@/lib/linked-accounts/commands";
import type { Actor } from "@/lib/access/actor";
import { newSession } from "@/lib/testing/sign-in";

/** Configures Zoom at a fake provider for this test file; must run before the settings are first read. */
export function configureApplications(issuer: string, tokenEndpoint?: string): void {
  Object.assign(process.env, { APPLICATIONS: fakeApplications(issuer, tokenEndpoint) });
}

let serial = 0;

/** An account at the application. */
export const newApplicationAccount = (): FakeOAuthAccount => ({ sub: `zoom-account-${process.pid}-${(serial += 1)}`, email: `Company ${process.pid} ${serial}` });

/** Starts to link an account and returns what the callback brings. */
export async function backFromApplication(provider: FakeOAuthProvider, actor: Actor, whom: FakeOAuthAccount, answer?: string) {
  const { sessionId } = await newSession({ id: actor.id }, "password");
  const { secret, url } = await startAccountLink(actor, { application: "zoom", sessionId });
  return { application: "zoom" as const, sessionId, secret, answer: await provider.answerOf(url, whom, answer) };
}

/** Links an account with the organization of an actor. */
export async function newLinkedAccount(provider: FakeOAuthProvider, actor: Actor, whom = newApplicationAccount()) {
  const { id } = await linkAccount(actor, await backFromApplication(provider, actor, whom));
  return { id, whom };
}
