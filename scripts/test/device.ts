import type { Page } from "@playwright/test";

type Habits = { autofill?: boolean };

const lockable = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: false,
} as const;

/**
 * A device with a lock that keeps passkeys; it waits for a finger until it is told to answer. Where the browser fills
 * in, such a device would answer as soon as the page is there, so most browsers here do not.
 */
export async function newDevice(page: Page, { autofill = false }: Habits = {}) {
  if (!autofill) await page.addInitScript(() => (PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)));
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: lockable });
  return {
    answers: (enabled: boolean) => session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
    /** For whom it keeps passkeys, by the name it would offer them under. */
    keeps: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.map(({ userName }) => userName),
    knowsFinger: (isUserVerified: boolean) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

export type Device = Awaited<ReturnType<typeof newDevice>>;
