import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { toPem } from "@/lib/kernel/pem";

/** One DER element. */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? (content.length > 0xffff ? 6 : 4) : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const integer = (bytes: Uint8Array) => der(0x02, bytes);

/** A bit string without unused bits. */
const bits = (bytes: Uint8Array) => der(0x03, Buffer.of(0), bytes);

/** An object identifier in dotted notation. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const base128 = (value: number): number[] => (value < 0x80 ? [value] : [...base128(value >>> 7).map((byte) => byte | 0x80), value & 0x7f]);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A distinguished name with one common name of a string type; UTF8String unless another tag is given. */
export const commonName = (text: string | Uint8Array, tag = 0x0c): Buffer =>
  sequence(der(0x31, sequence(oid("2.5.4.3"), der(tag, typeof text === "string" ? Buffer.from(text, "utf8") : text))));

const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+/g, "")}`));

const signatures = {
  "ecdsa-sha256": { algorithm: sequence(oid("1.2.840.10045.4.3.2")), hash: "sha256" },
  "ecdsa-sha1": { algorithm: sequence(oid("1.2.840.10045.4.1")), hash: "sha1" },
  "rsa-sha256": { algorithm: sequence(oid("1.2.840.113549.1.1.11"), der(0x05)), hash: "sha256" },
  "rsa-sha1": { algorithm: sequence(oid("1.2.840.113549.1.1.5"), der(0x05)), hash: "sha1" },
  "rsa-md5": { algorithm: sequence(oid("1.2.840.113549.1.1.4"), der(0x05)), hash: "md5" },
  ed25519: { algorithm: sequence(oid("1.3.101.112")), hash: null },
} as const;

type Keys = { publicKey: KeyObject; privateKey: KeyObject };
type Overrides = {
  keys?: Keys;
  /** The issuer, who signs; the certificate itself when none is given. */
  issuer?: { name: string; keys: Keys };
  name?: string;
  subject?: Uint8Array;
  serial?: Uint8Array;
  from?: Date;
  to?: Date;
  signature?: keyof typeof signatures;
  /** Replaces the public key. */
  spki?: Uint8Array;
};

const dayMs = 86_400_000;
export const daysFromNow = (days: number): Date => new Date(Date.now() + days * dayMs);

export const ecKeys = (namedCurve = "P-256"): Keys => generateKeyPairSync("ec", { namedCurve });
export const rsaKeys = (modulusLength = 2_048): Keys => generateKeyPairSync("rsa", { modulusLength });

let serial = 0;

/** A certificate for tests, self-signed and valid for a year unless told otherwise, with its private key in PKCS #8. */
export function newCertificate({ keys = ecKeys(), issuer, name = `Test ${process.pid} ${(serial += 1)}`, ...rest }: Overrides = {}) {
  const { subject = commonName(name), from = daysFromNow(-1), to = daysFromNow(365), serial: number = Buffer.of(1, serial & 0x7f) } = rest;
  const signer = issuer?.keys.privateKey ?? keys.privateKey;
  const { algorithm, hash } = signatures[rest.signature ?? (signer.asymmetricKeyType === "rsa" ? "rsa-sha256" : "ecdsa-sha256")];
  const spki = rest.spki ?? keys.publicKey.export({ format: "der", type: "spki" });
  const issuerName = issuer ? commonName(issuer.name) : subject;
  const body = sequence(der(0xa0, integer(Buffer.of(2))), integer(number), algorithm, issuerName, sequence(time(from), time(to)), subject, spki);
  const bytes = sequence(body, algorithm, bits(sign(hash, body, signer)));
  return { name, keys, der: bytes, pem: toPem("CERTIFICATE", bytes), privateKey: keys.privateKey.export({ format: "pem", type: "pkcs8" }).toString() };
}

/** The public key of an RSA key pair with another exponent. */
export function spkiWithExponent({ publicKey }: Keys, exponent: number): Buffer {
  const modulus = Buffer.from(publicKey.export({ format: "jwk" }).n ?? "", "base64url");
  const key = sequence(integer(Buffer.concat([Buffer.of(0), modulus])), integer(Buffer.of(exponent)));
  return sequence(sequence(oid("1.2.840.113549.1.1.1"), der(0x05)), bits(key));
}

/** The same private key in another encoding. */
export const privateKeyAs = (pem: string, type: "pkcs1" | "sec1" | "pkcs8", passphrase?: string): string =>
  createPrivateKey(pem)
    .export({ format: "pem", type, cipher: passphrase === undefined ? undefined : "aes-256-cbc", passphrase })
    .toString();
