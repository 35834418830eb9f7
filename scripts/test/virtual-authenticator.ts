import type { Page } from "@playwright/test";

type Options = { autofill?: boolean };

export type VirtualAuthenticator = {
  setPresence: (enabled: boolean) => Promise<unknown>;
  /** User names of the stored passkeys. */
  storedUserNames: () => Promise<(string | undefined)[]>;
  setUserVerified: (isUserVerified: boolean) => Promise<unknown>;
};

const authenticatorOptions = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: false,
} as const;

/**
 * Adds a virtual WebAuthn authenticator to the browser; it responds only while simulation is enabled.
 * Conditional mediation is off by default, because the authenticator would respond as soon as the page loads.
 */
export async function addVirtualAuthenticator(page: Page, { autofill = false }: Options = {}): Promise<VirtualAuthenticator> {
  if (!autofill) await page.addInitScript(() => (PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)));
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: authenticatorOptions });
  return {
    setPresence: (enabled) => session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
    storedUserNames: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.map(({ userName }) => userName),
    setUserVerified: (isUserVerified) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}
