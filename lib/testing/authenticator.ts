import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { eq } from "drizzle-orm";
import { loginTickets, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { env } from "@/lib/env";
import { addPasskey } from "@/lib/passkeys/commands";
import { offerToAdd } from "@/lib/passkeys/queries";
import { signedInAs } from "@/lib/testing/visitors";
import type { Person } from "@/lib/testing/world";

/** How an answer differs from an honest one of an unlocked device on our own page. */
export type Bent = {
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
const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const uint = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

const flagsOf = (locked: boolean, attested: boolean) => 0x01 | (locked ? 0 : 0x04) | 0x08 | 0x10 | (attested ? 0x40 : 0);

/** A device that makes and uses passkeys in software: real keys, real signatures, and the lies a test asks for. */
export function newAuthenticator({ counts = true }: { counts?: boolean } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  let counter = 0;
  let handle = "";

  const clientData = (type: string, challenge: string, { origin = env().APP_URL, ...bent }: Bent) =>
    Buffer.from(JSON.stringify({ type: bent.type ?? type, challenge: bent.challenge ?? challenge, origin, crossOrigin: false }));

  const authData = (bent: Bent, more: Uint8Array = new Uint8Array()) => {
    const { rpId = new URL(env().APP_URL).hostname, locked = false } = bent;
    return Buffer.concat([sha256(rpId), uint(flagsOf(locked, more.length > 0), 1), uint(bent.counter ?? counter, 4), more]);
  };

  const coseKey = () => {
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const part = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    return isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, part(x)], [-3, part(y)]]));
  };

  const named = { id: encoded(credentialId), rawId: encoded(credentialId), type: "public-key" as const, clientExtensionResults: {} };

  return {
    /** Makes the passkey, as the browser would answer. */
    create({ user, challenge }: PublicKeyCredentialCreationOptionsJSON, bent: Bent = {}): RegistrationResponseJSON {
      handle = user.id;
      const data = Buffer.concat([Buffer.alloc(16), uint(credentialId.length, 2), credentialId, coseKey()]);
      const statement = new Map(bent.attested ? [["x5c", [new Uint8Array(64)]]] : []);
      const attestation = new Map<string, string | Uint8Array | typeof statement>([
        ["fmt", bent.attested ? "fido-u2f" : "none"],
        ["attStmt", statement],
        ["authData", new Uint8Array(authData(bent, data))],
      ]);
      const clientDataJSON = encoded(clientData("webauthn.create", challenge, bent));
      const attestationObject = encoded(isoCBOR.encode(attestation));
      return { ...named, response: { clientDataJSON, attestationObject, transports: ["internal"] } };
    },

    /** Signs in with it, as the browser would answer. */
    get({ challenge }: PublicKeyCredentialRequestOptionsJSON, bent: Bent = {}): AuthenticationResponseJSON {
      if (counts) counter += 1;
      const client = clientData("webauthn.get", challenge, bent);
      const authenticatorData = authData(bent);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(client)]), privateKey);
      const userHandle = bent.handle ?? handle;
      return {
        ...named,
        response: {
          clientDataJSON: encoded(client),
          authenticatorData: encoded(authenticatorData),
          signature: encoded(signature),
          ...(userHandle ? { userHandle } : {}),
        },
      };
    },
  };
}

/** A device that holds a passkey for somebody's account; the browser in which it was added has gone. */
export async function deviceOf(account: Person, device = newAuthenticator()) {
  const self = await signedInAs(account, "passkey");
  await addPasskey(self, { name: "Key", answer: JSON.stringify(device.create(await offerToAdd(self))) });
  await asVisitor({ accountId: account.id }, async (tx) => {
    await tx.delete(sessions).where(eq(sessions.id, self.sessionId));
    await tx.delete(loginTickets).where(eq(loginTickets.accountId, account.id));
  });
  return device;
}
