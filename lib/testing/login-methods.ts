import { acceptInvitation, createLogin } from "@/lib/invitation-acceptance/commands";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { signInWithGoogle } from "@/lib/identities/commands";
import type { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { loginOptions } from "@/lib/passkeys/queries";
import { signIn } from "@/lib/sessions/commands";
import type { LoginResult } from "@/lib/sessions/internal";
import { newPasskeyDevice } from "@/lib/testing/authenticator";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { newMember, newSuperUser, type TestAccount } from "@/lib/testing/fixtures";
import { googleFlows, insertGoogleIdentity } from "@/lib/testing/google";
import { latestEmailToken, newEmailAddress, newRequestMetadata, runQueuedJobs, validPassword } from "@/lib/testing/sign-in";
import { newAccountWithPassword, setTwoFactorRequired } from "@/lib/testing/totp";

export type Owner = TestAccount & { seed: string };
export type LoginSetup = { owner: Owner; superUser: Awaited<ReturnType<typeof newSuperUser>> };

/** A login method; `multiFactor` ones need no second factor, `createsAccount` ones create the account. */
export type LoginMethod = { login: (setup: LoginSetup) => Promise<LoginResult>; multiFactor?: boolean; createsAccount?: boolean };

const loginWithPassword = ({ email }: TestAccount, password = validPassword) => signIn({ origin: newRequestMetadata() }, { email, password });

async function invitationToken({ superUser }: LoginSetup, email: string) {
  await inviteAdministrator(superUser, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
  return requireEmailToken(email, "invitation");
}

async function loginWithPasskey(owner: TestAccount) {
  const answer = (await newPasskeyDevice(owner)).get(await loginOptions());
  return signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer: JSON.stringify(answer) });
}

type Google = Awaited<ReturnType<typeof fakeOAuthProvider>>;

/** Every way to sign in, by its name; Google is the one that the test configured. */
export const loginMethodsWith = (google: Google): Record<string, LoginMethod> => ({
  passkey: { login: ({ owner }) => loginWithPasskey(owner), multiFactor: true },
  password: { login: ({ owner }) => loginWithPassword(owner) },
  "password on a remembered device": {
    login: ({ owner: { email } }) => signIn({ origin: newRequestMetadata(), browserIdFor: () => "remembered" }, { email, password: validPassword }),
  },
  "reset, then password": {
    login: async ({ owner }) => {
      const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: owner.email });
      await runQueuedJobs("account.recover", { request });
      const token = await latestEmailToken(owner.email, "reset-password");
      await resetPassword({ origin: newRequestMetadata() }, { token, password: "another-lantern-52-quiet" });
      return loginWithPassword(owner, "another-lantern-52-quiet");
    },
  },
  "invitation accepted by the owner of an account": {
    login: async (setup) => {
      const other = await newSuperUser();
      await acceptInvitation({ origin: newRequestMetadata(), signedIn: setup.owner }, { token: await invitationToken({ ...setup, superUser: other }, setup.owner.email) });
      return loginWithPassword(setup.owner);
    },
  },
  google: {
    login: async ({ owner }) => {
      const back = await googleFlows(google).backFromGoogle(await insertGoogleIdentity(owner));
      return signInWithGoogle({ origin: newRequestMetadata() }, back);
    },
  },
  "login created from an invitation": {
    createsAccount: true,
    login: async (setup) => {
      const email = newEmailAddress();
      await acceptInvitation({ origin: newRequestMetadata(), signedIn: null }, { token: await invitationToken(setup, email) });
      const token = await requireEmailToken(email, "invitation-accepted");
      const input = { token, firstName: "Nora", lastName: "Falk", phone: "", password: validPassword, terms: "true" } as const;
      return (await createLogin({ origin: newRequestMetadata() }, input)).loginResult;
    },
  },
});

/** An account with a password, and with an authenticator if wanted, in an organization that requires a second factor or not. */
export async function newLoginSetup(twoFactor = false, required = false): Promise<LoginSetup> {
  const [owner, superUser] = [await newAccountWithPassword(twoFactor), await newSuperUser()];
  await newMember(superUser.org, "observer", "all", owner);
  await setTwoFactorRequired(superUser.org, required);
  return { owner, superUser };
}
