import "server-only";
import { type KeyObject, X509Certificate } from "node:crypto";
import { toPem } from "@/lib/kernel/pem";
import { AppError } from "@/lib/shared/app-error";

/** What a certificate says, as text that is safe to show. */
export type CertificateFacts = {
  pem: string;
  subject: string;
  issuer: string;
  /** SHA-256, as pairs of hexadecimal digits. */
  fingerprint: string;
  key: string;
  validFrom: Date;
  validTo: Date;
};

const invalid = (message: string) => new AppError("invalid", message);

// RSA, ECDSA and Ed25519, each with SHA-2.
const signatureAlgorithms = new Set([
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
  "1.3.101.112",
]);
const weakSignature = /md[245]|sha-?1(?!\d)/i;
const weakSignatureOids = new Set(["1.2.840.113549.1.1.2", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"]);

const curves: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
const [minRsaBits, maxRsaBits, minRsaExponent] = [2_048, 8_192, 65_537n];
const maxDerBytes = 16_384;
const maxNameLength = 200;

/** The certificate of a DER block; throws with the reason in words when it is none, or its key or signature is too weak. */
export function readCertificate(der: Buffer): X509Certificate {
  if (der.length > maxDerBytes) throw invalid(`A certificate can have at most ${maxDerBytes / 1_024} kB`);
  const certificate = parseDer(der);
  if (certificate.serialNumber.startsWith("-")) throw invalid("The serial number of this certificate is negative");
  if (Number.isNaN(certificate.validFromDate.getTime()) || Number.isNaN(certificate.validToDate.getTime())) throw invalid("The validity of this certificate can’t be read");
  requireStrongSignature(certificate);
  const key = publicKeyOf(certificate);
  describeKey(key);
  if (certificate.checkIssued(certificate) && !certificate.verify(key)) throw invalid("This certificate is damaged: its signature is wrong");
  return certificate;
}

function parseDer(der: Buffer): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    throw invalid("This is not a certificate, or it is damaged");
  }
  // The parser ignores bytes after the certificate.
  if (!certificate.raw.equals(der)) throw invalid("There is something else behind the certificate in its block");
  return certificate;
}

function requireStrongSignature({ signatureAlgorithm = "", signatureAlgorithmOid }: X509Certificate) {
  if (signatureAlgorithms.has(signatureAlgorithmOid)) return;
  const isWeak = weakSignatureOids.has(signatureAlgorithmOid) || weakSignature.test(signatureAlgorithm);
  throw invalid(isWeak ? "This certificate is signed with MD5 or SHA-1, which can be forged. Use one signed with SHA-256" : "This certificate is signed in a way that isn’t supported. Use RSA (PKCS #1) or ECDSA with SHA-256");
}

function publicKeyOf(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch {
    throw invalid("The key of this certificate can’t be read");
  }
}

/** A key in words, such as "RSA 2048"; throws when it is too weak or of a kind that is not supported. */
export function describeKey({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): string {
  if (type === "ed25519") return "Ed25519";
  if (type === "ec") {
    const curve = curves[details.namedCurve ?? ""];
    if (!curve) throw invalid("The key uses a curve that isn’t supported. Use P-256, P-384 or P-521");
    return `ECDSA ${curve}`;
  }
  if (type !== "rsa") throw invalid("The key must be RSA, ECDSA or Ed25519");
  const { modulusLength: bits = 0, publicExponent = 0n } = details;
  if (bits < minRsaBits) throw invalid(`The RSA key has ${bits} bits and is too weak. Use at least ${minRsaBits}`);
  if (bits > maxRsaBits) throw invalid(`The RSA key has ${bits} bits. Use at most ${maxRsaBits}`);
  if (publicExponent < minRsaExponent) throw invalid(`The RSA key has the exponent ${publicExponent} and is too weak. Use ${minRsaExponent}`);
  return `RSA ${bits}`;
}

const unshowable = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** A distinguished name on one line; what could change how the line reads is replaced. */
function nameText(name: string | undefined): string {
  const line = (name ?? "").split("\n").join(", ").toWellFormed().replaceAll(unshowable, "\uFFFD");
  const characters = [...line];
  if (characters.length > maxNameLength) return `${characters.slice(0, maxNameLength - 1).join("")}…`;
  return line || "(no name)";
}

/** The facts of a certificate that `readCertificate` accepted. */
export const certificateFacts = (certificate: X509Certificate): CertificateFacts => ({
  pem: toPem("CERTIFICATE", certificate.raw),
  subject: nameText(certificate.subject),
  issuer: nameText(certificate.issuer),
  fingerprint: certificate.fingerprint256,
  key: describeKey(certificate.publicKey),
  validFrom: certificate.validFromDate,
  validTo: certificate.validToDate,
});
