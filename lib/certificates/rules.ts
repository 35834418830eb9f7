import { X509Certificate } from "node:crypto";
import { certificateFacts, type CertificateFacts, readCertificate } from "@/lib/kernel/certificate";
import { type PemBlock, readPem } from "@/lib/kernel/pem";
import { matchesCertificate, privateKeyPem, readPrivateKey } from "@/lib/kernel/private-key";
import { pastedPrivateKeyMessage } from "@/lib/certificates/schema";
import { valueAt, type SettingsDocument } from "@/lib/shared/settings/document";
import { AppError } from "@/lib/shared/app-error";
import { holdsPrivateKey } from "@/lib/shared/key-material";

/** How many RadSec certificates an organization can have, and how many certificates the chain of its access points. */
export const maxCertificates = 32;
export const maxChainLength = 5;

const invalid = (message: string) => new AppError("invalid", message);

/** The certificates of a PEM text, in its order; throws with the reason in words when there is anything else in it. */
export function readCertificates(text: string, maxBlocks: number, now: Date): X509Certificate[] {
  if (holdsPrivateKey(text)) throw invalid(pastedPrivateKeyMessage);
  const blocks = readPem(text, maxBlocks);
  return blocks.map((block, index) => {
    try {
      return requireUsable(readLabelled(block), now);
    } catch (error) {
      throw error instanceof AppError && blocks.length > 1 ? invalid(`Certificate ${index + 1} of ${blocks.length}: ${error.message}`) : error;
    }
  });
}

function readLabelled({ label, der }: PemBlock): X509Certificate {
  if (label === "CERTIFICATE") return readCertificate(der);
  if (label.endsWith("CERTIFICATE REQUEST")) throw invalid("This is a request for a certificate. Paste the certificate that was issued for it");
  throw invalid(`This is not a certificate, but a block with the name ${label}`);
}

const dateFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

function requireUsable(certificate: X509Certificate, now: Date): X509Certificate {
  if (certificate.validToDate <= certificate.validFromDate) throw invalid("This certificate ends before it begins");
  if (certificate.validToDate <= now) throw invalid(`This certificate expired on ${dateFormat.format(certificate.validToDate)}`);
  return certificate;
}

/** The list with new certificates at its end; throws when one is in it already, or when they become too many. */
export function withCertificates(existing: readonly CertificateFacts[], added: readonly CertificateFacts[]): CertificateFacts[] {
  const all = [...existing];
  for (const certificate of added) {
    if (all.some(({ fingerprint }) => fingerprint === certificate.fingerprint)) throw invalid(`${certificate.subject} is in the list already`);
    all.push(certificate);
  }
  if (all.length > maxCertificates) throw invalid(`An organization can have at most ${maxCertificates} RadSec certificates`);
  return all;
}

/** Returns the error of an operation beside a field of its form. */
function besideField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AppError ? new AppError("invalid", "Check the marked fields", { [field]: [error.message] }) : error;
  }
}

/** The new certificates of a text, beside its field where one is refused. */
export const pastedCertificates = (existing: readonly CertificateFacts[], text: string, now: Date): CertificateFacts[] =>
  besideField("certificates", () => {
    const added = readCertificates(text, maxCertificates, now).map(certificateFacts);
    withCertificates(existing, added);
    return added;
  });

/** The certificate of the access points with its chain, and its private key as it is stored; throws unless they match. */
export function readDeviceCertificate({ certificate, privateKey }: { certificate: string; privateKey: string }, now: Date) {
  const key = besideField("privateKey", () => readPrivateKey(privateKey));
  return besideField("certificate", () => {
    const [own, ...chain] = readCertificates(certificate, maxChainLength, now);
    if (!own) throw invalid("Paste the certificate");
    if (own.validFromDate > now) throw invalid(`This certificate is valid only from ${dateFormat.format(own.validFromDate)}`);
    if (!matchesCertificate(key, own)) throw invalid("This certificate belongs to another private key");
    const facts = certificateFacts(own);
    return { facts, chain: [facts, ...chain.map(certificateFacts)].map(({ pem }) => pem).join(""), privateKey: privateKeyPem(key) };
  });
}

const dayMs = 86_400_000;

/** Days before the end of a certificate on which Super Users are told. */
export const reminderDays = [30, 7] as const;
export type ReminderDay = (typeof reminderDays)[number];

/** From how many days before its end a certificate is to be renewed. */
export const renewalDays = 30;

/** Days until a certificate ends; negative afterwards. */
export const daysLeft = (validTo: Date, now: Date): number => (validTo.getTime() - now.getTime()) / dayMs;

/** The reminders that are due, the most urgent last; none for a certificate that has expired. */
export const dueReminders = (validTo: Date, now: Date): ReminderDay[] => {
  const left = daysLeft(validTo, now);
  return left > 0 ? reminderDays.filter((days) => left <= days) : [];
};

export type Validity = "not yet valid" | "valid" | "ends soon" | "expired";

/** Where a certificate stands in its life. */
export function validity({ validFrom, validTo }: Pick<CertificateFacts, "validFrom" | "validTo">, now: Date): Validity {
  if (validTo <= now) return "expired";
  if (validFrom > now) return "not yet valid";
  return daysLeft(validTo, now) <= renewalDays ? "ends soon" : "valid";
}

type Authority = { state: "current" | "pending"; validTo: Date };

/** What the CA of an organization lacks: its certificate, the next one, or that it takes the place of one that has ended. */
export function nextAuthorityStep(authorities: readonly Authority[], now: Date): "create" | "renew" | "replace" | null {
  const [current, pending] = (["current", "pending"] as const).map((state) => authorities.find((one) => one.state === state));
  if (!current) return pending ? "replace" : "create";
  if (daysLeft(current.validTo, now) > renewalDays) return null;
  if (!pending) return "renew";
  return current.validTo <= now ? "replace" : null;
}

/** The paths of the settings document, and the name of the secret, that hold certificates and their key. */
export const radsecPath = "cacerts";
export const deviceCertificatePath = "device_cert.cert";
export const deviceKeyName = "device_cert.key";

/** The facts of a stored certificate, of the first one where others follow it; null when it cannot be read any more. */
export function storedCertificate(pem: unknown): CertificateFacts | null {
  try {
    const [block] = readPem(String(pem), maxChainLength);
    return block ? certificateFacts(readCertificate(block.der)) : null;
  } catch {
    return null;
  }
}

const storedList = (document: SettingsDocument) => (valueAt(document, radsecPath) ?? []) as readonly string[];

/** The RadSec certificates of the settings, in their order. */
export const radsecCertificates = (document: SettingsDocument): CertificateFacts[] => storedList(document).flatMap((pem) => storedCertificate(pem) ?? []);

/** The certificate of the access points. */
export const deviceCertificate = (document: SettingsDocument): CertificateFacts | null => {
  const pem = valueAt(document, deviceCertificatePath);
  return pem === undefined ? null : storedCertificate(pem);
};

/** A certificate as DER. */
export const certificateBytes = (pem: string): Buffer => new X509Certificate(pem).raw;

const shortFingerprintLength = "DA:ED:6B:86".length;

/** The begin of a fingerprint, by which a line of text can tell certificates of one subject apart. */
export const shortFingerprint = ({ fingerprint }: Pick<CertificateFacts, "fingerprint">): string => `${fingerprint.slice(0, shortFingerprintLength)}…`;

/** A certificate in the details of an audit entry: its subject and its fingerprint. */
export const certificateLabel = ({ subject, fingerprint }: Pick<CertificateFacts, "subject" | "fingerprint">): string => `${subject} (SHA-256 ${fingerprint})`;

/** What was done with certificates, behind the message of an audit entry. */
export function certificateNote(done: string, certificates: readonly CertificateFacts[]): string {
  const [only, ...others] = certificates;
  if (only && others.length === 0) return `(${done} ${only.subject}, ${shortFingerprint(only)})`;
  return `(${done} ${certificates.length} certificates: ${certificates.map(({ subject }) => subject).join("; ")})`;
}

/** Throws unless every certificate of a settings document can be read, and the one of the access points belongs to their key where there is one. */
export function requireReadableCertificates(document: SettingsDocument, deviceKey: string | undefined) {
  for (const pem of storedList(document)) {
    const [block, ...others] = readPem(pem, 1);
    if (!block || others.length > 0) throw invalid("Each RadSec certificate must be one certificate");
    readLabelled(block);
  }
  const pem = valueAt(document, deviceCertificatePath);
  if (typeof pem !== "string") return;
  const [own] = readPem(pem, maxChainLength).map(readLabelled);
  if (own && deviceKey !== undefined && !matchesCertificate(readPrivateKey(deviceKey), own)) throw invalid("The AP RadSec certificate belongs to another private key");
}
