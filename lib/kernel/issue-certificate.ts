import "server-only";
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, Name, SubjectKeyIdentifierExtension, X509CertificateGenerator } from "@peculiar/x509";
import { toPem } from "@/lib/kernel/pem";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const validYears = 10;

type Subject = { organization: string; unit: string; name: string };

// The first byte keeps the number positive and without leading zeros.
const newSerialNumber = () => Buffer.concat([Buffer.of(0x40 | (randomBytes(1)[0] ?? 0) & 0x3f), randomBytes(15)]).toString("hex");

/** Makes a key (ECDSA P-256) and its self-signed certificate, valid for ten years, of a CA or for signatures. */
export async function issueCertificate(subject: Subject, isCa: boolean, now = new Date()) {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + validYears);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: new Name([{ O: [{ utf8String: subject.organization }] }, { OU: [{ utf8String: subject.unit }] }, { CN: [{ utf8String: subject.name }] }]),
    notBefore: now,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(isCa, undefined, true),
      new KeyUsagesExtension(isCa ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const privateKey = toPem("PRIVATE KEY", Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)));
  return { certificate: toPem("CERTIFICATE", Buffer.from(certificate.rawData)), privateKey };
}
