import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { env } from "@/lib/env";
import { addPasskey } from "@/lib/passkeys/commands";
import { registrationOptions } from "@/lib/passkeys/queries";
import { newAccountContext } from "@/lib/testing/sign-in";
import type { TestAccount } from "@/lib/testing/fixtures";

/** Deviations from a valid response with user verification on our own origin. */
export type AuthenticatorOverrides = {
  origin?: string;
  rpId?: string;
  challenge?: string;
  handle?: string;
  counter?: number;
  locked?: boolean;
  type?: string;
  attested?: boolean;
};

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const uint = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

const authDataFlags = (locked: boolean, attested: boolean) => 0x01 | (locked ? 0 : 0x04) | 0x08 | 0x10 | (attested ? 0x40 : 0);

/** Creates a software authenticator with real keys and signatures whose responses can be falsified. */
export function newAuthenticator({ counts = true }: { counts?: boolean } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  let counter = 0;
  let handle = "";

  const clientData = (type: string, challenge: string, { origin = env().APP_URL, ...overrides }: AuthenticatorOverrides) =>
    Buffer.from(JSON.stringify({ type: overrides.type ?? type, challenge: overrides.challenge ?? challenge, origin, crossOrigin: false }));

  const authData = (overrides: AuthenticatorOverrides, more: Uint8Array = new Uint8Array()) => {
    const { rpId = new URL(env().APP_URL).hostname, locked = false } = overrides;
    return Buffer.concat([sha256(rpId), uint(authDataFlags(locked, more.length > 0), 1), uint(overrides.counter ?? counter, 4), more]);
  };

  const coseKey = () => {
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const part = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    return isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, part(x)], [-3, part(y)]]));
  };

  const credential = { id: base64url(credentialId), rawId: base64url(credentialId), type: "public-key" as const, clientExtensionResults: {} };

  return {
    /** Creates a passkey and returns the registration response. */
    create({ user, challenge }: PublicKeyCredentialCreationOptionsJSON, overrides: AuthenticatorOverrides = {}): RegistrationResponseJSON {
      handle = user.id;
      const data = Buffer.concat([Buffer.alloc(16), uint(credentialId.length, 2), credentialId, coseKey()]);
      const statement = new Map(overrides.attested ? [["x5c", [new Uint8Array(64)]]] : []);
      const attestation = new Map<string, string | Uint8Array | typeof statement>([
        ["fmt", overrides.attested ? "fido-u2f" : "none"],
        ["attStmt", statement],
        ["authData", new Uint8Array(authData(overrides, data))],
      ]);
      const clientDataJSON = base64url(clientData("webauthn.create", challenge, overrides));
      const attestationObject = base64url(isoCBOR.encode(attestation));
      return { ...credential, response: { clientDataJSON, attestationObject, transports: ["internal"] } };
    },

    /** Signs a challenge and returns the authentication response. */
    get({ challenge }: PublicKeyCredentialRequestOptionsJSON, overrides: AuthenticatorOverrides = {}): AuthenticationResponseJSON {
      if (counts) counter += 1;
      const client = clientData("webauthn.get", challenge, overrides);
      const authenticatorData = authData(overrides);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(client)]), privateKey);
      const userHandle = overrides.handle ?? handle;
      return {
        ...credential,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signature),
          ...(userHandle ? { userHandle } : {}),
        },
      };
    },
  };
}

/** Registers a passkey for an account and deletes the session that was needed for it. */
export async function newPasskeyDevice(account: TestAccount, device = newAuthenticator()) {
  const self = await newAccountContext(account, "passkey");
  await addPasskey(self, { name: "Key", answer: JSON.stringify(device.create(await registrationOptions(self))) });
  await withAuthScope({ accountId: account.id }, (tx) => tx.delete(sessions).where(eq(sessions.id, self.sessionId)));
  return device;
}
