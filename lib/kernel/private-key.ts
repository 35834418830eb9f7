import "server-only";
import { createPrivateKey, type KeyObject, sign, verify, type X509Certificate } from "node:crypto";
import { describeKey } from "@/lib/kernel/certificate";
import { readPem, toPem } from "@/lib/kernel/pem";
import { AppError } from "@/lib/shared/app-error";

const encodings: Readonly<Record<string, "pkcs1" | "pkcs8" | "sec1">> = { "PRIVATE KEY": "pkcs8", "RSA PRIVATE KEY": "pkcs1", "EC PRIVATE KEY": "sec1" };
const maxDerBytes = 8_192;

const invalid = (message: string) => new AppError("invalid", message);

/** Reads one unencrypted private key in PKCS #8, PKCS #1 or SEC 1; throws with the reason in words. */
export function readPrivateKey(text: string): KeyObject {
  const [block, ...others] = readPem(text, 3).filter(({ label }) => label !== "EC PARAMETERS");
  if (!block) throw invalid("Paste text that begins with a line such as -----BEGIN PRIVATE KEY-----");
  if (others.length > 0) throw invalid("Paste one private key only");
  if (block.isEncrypted) throw invalid("This key is encrypted. Remove its passphrase first, for example with openssl pkey -in key.pem");
  const type = encodings[block.label];
  if (!type) throw invalid(wrongLabel(block.label));
  if (block.der.length > maxDerBytes) throw invalid("This key is too large");
  const key = parseDer(block.der, type);
  describeKey(key);
  return key;
}

function wrongLabel(label: string): string {
  if (label.includes("CERTIFICATE")) return "This is a certificate. Paste its private key here";
  if (label.includes("PUBLIC KEY")) return "This is a public key. Paste the private key";
  if (label === "OPENSSH PRIVATE KEY") return "This key has the format of OpenSSH. Convert it first, for example with ssh-keygen -p -m PEM";
  return "This is not a private key that can be used here";
}

function parseDer(der: Buffer, type: "pkcs1" | "pkcs8" | "sec1"): KeyObject {
  try {
    return createPrivateKey({ key: der, format: "der", type });
  } catch {
    throw invalid("This is not a private key, or it is damaged");
  }
}

const probe = Buffer.from("signalbox");

/** Whether a private key belongs to a certificate: what it signs, the certificate verifies. */
export function matchesCertificate(key: KeyObject, certificate: X509Certificate): boolean {
  try {
    if (!certificate.checkPrivateKey(key)) return false;
    const algorithm = key.asymmetricKeyType === "ed25519" ? null : "sha256";
    return verify(algorithm, probe, certificate.publicKey, sign(algorithm, probe, key));
  } catch {
    return false;
  }
}

/** A private key in PKCS #8, as it is stored. */
export const privateKeyPem = (key: KeyObject): string => toPem("PRIVATE KEY", key.export({ format: "der", type: "pkcs8" }));
