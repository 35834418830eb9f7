import "server-only";
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, Name, SubjectKeyIdentifierExtension, X509CertificateGenerator } from "@peculiar/x509";
import { toPem } from "@/lib/kernel/pem";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const validYears = 10;

// The first byte keeps the number positive and without leading zeros.
const newSerialNumber = () => Buffer.concat([Buffer.of(0x40 | (randomBytes(1)[0] ?? 0) & 0x3f), randomBytes(15)]).toString("hex");

/** Makes a key (ECDSA P-256) and its self-signed CA certificate for an organization, valid for ten years. */
export async function issueAuthority(organization: { id: string; name: string }, now = new Date()) {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + validYears);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: new Name([{ O: [{ utf8String: organization.name }] }, { OU: [{ utf8String: "Organization CA" }] }, { CN: [{ utf8String: organization.id }] }]),
    notBefore: now,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const privateKey = toPem("PRIVATE KEY", Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)));
  return { certificate: toPem("CERTIFICATE", Buffer.from(certificate.rawData)), privateKey };
}
