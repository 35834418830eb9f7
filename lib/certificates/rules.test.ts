import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { maxCertificates, pastedCertificates, readDeviceCertificate, validity, dueReminders } from "@/lib/certificates/rules";
import type { CertificateFacts } from "@/lib/kernel/certificate";
import { toPem } from "@/lib/kernel/pem";
import { AppError } from "@/lib/shared/app-error";
import { commonName, daysFromNow, der, ecKeys, newCertificate, oid, privateKeyAs, rsaKeys, spkiWithExponent } from "@/lib/testing/certificates";

const now = new Date();
const valid = newCertificate({ name: "Valid" });
const rsa = rsaKeys();
const lines = valid.pem.trimEnd().split("\n");
const nested = (depth: number) => Array.from({ length: depth }).reduce<Buffer>((inner) => der(0x30, inner), der(0x05));
const flipped = Buffer.from(valid.der);
flipped[flipped.length - 3] = (flipped.at(-3) ?? 0) ^ 0xff;

/** The message beside a field when reading fails; fails for any other error than one in words. */
function refusal(read: () => unknown, field: string): string | undefined {
  try {
    read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.fields?.[field]?.[0];
  }
  return undefined;
}
const refused = (text: string, existing: CertificateFacts[] = []) => refusal(() => pastedCertificates(existing, text, now), "certificates");

const hostile: [what: string, text: () => string, message: RegExp][] = [
  ["nothing", () => "", /begins with a line/],
  ["other text", () => "Hello", /other text/],
  ["1 MB of letters", () => "A".repeat(1_048_576), /other text/],
  ["1 MB within one block", () => toPem("CERTIFICATE", Buffer.alloc(786_432, 0x30)), /at most 16 kB/],
  ["1 MB of line starts", () => "-----BEGIN ".repeat(95_000), /five hyphens/],
  ["a text that is cut off", () => lines.slice(0, -2).join("\n"), /middle of a block/],
  ["a block without its last lines of base64", () => lines.filter((_, at) => at !== lines.length - 2).join("\n"), /not a certificate, or it is damaged|incomplete/],
  ["another name at the end", () => valid.pem.replace("END CERTIFICATE", "END X509 CRL"), /must end with the same word/],
  ["a block within a block", () => `${lines.slice(0, 3).join("\n")}\n${valid.pem}`, /begins before/],
  ["another label", () => toPem("X509 CRL", valid.der), /block with the name X509 CRL/],
  ["a request for a certificate", () => toPem("CERTIFICATE REQUEST", valid.der), /request for a certificate/],
  ["a public key", () => valid.keys.publicKey.export({ format: "pem", type: "spki" }).toString(), /block with the name PUBLIC KEY/],
  ["text between two blocks", () => `${valid.pem}subject=CN = x\n${newCertificate().pem}`, /other text/],
  ["base64 with garbage", () => valid.pem.replace("\nM", "\n<M"), /don’t belong/],
  ["base64 after its padding", () => toPem("CERTIFICATE", Buffer.concat([valid.der, Buffer.of(1)])).replace(/=*\n-----END/, "==\nAAAA\n-----END"), /don’t belong|damaged/],
  ["hyphens of a word processor", () => valid.pem.replaceAll("-----", "—————"), /five hyphens/],
  ["too few hyphens", () => valid.pem.replaceAll("-----", "----"), /five hyphens/],
  ["bytes behind the certificate", () => toPem("CERTIFICATE", Buffer.concat([valid.der, Buffer.from("trailing")])), /something else behind/],
  ["another certificate within the bytes", () => toPem("CERTIFICATE", Buffer.from(valid.pem)), /something else behind|not a certificate/],
  ["deeply nested ASN.1", () => toPem("CERTIFICATE", nested(3_000)), /not a certificate|at most 16 kB/],
  ["a length that reaches beyond the end", () => toPem("CERTIFICATE", Buffer.from("3084ffffffff3000", "hex")), /not a certificate/],
  ["an indefinite length", () => toPem("CERTIFICATE", Buffer.from("30800000", "hex")), /not a certificate/],
  ["a changed signature", () => toPem("CERTIFICATE", flipped), /damaged|not a certificate/],
  ["a negative serial number", () => newCertificate({ serial: Buffer.of(0xff) }).pem, /negative/],
  ["an expired one", () => newCertificate({ from: daysFromNow(-20), to: daysFromNow(-1) }).pem, /expired on \d+ \w+ 20\d\d/],
  ["one that ends before it begins", () => newCertificate({ from: daysFromNow(20), to: daysFromNow(10) }).pem, /ends before it begins/],
  ["RSA with 512 bits", () => newCertificate({ keys: rsaKeys(512) }).pem, /512 bits and is too weak/],
  ["RSA with 1024 bits", () => newCertificate({ keys: rsaKeys(1_024) }).pem, /1024 bits and is too weak/],
  ["RSA with the exponent 1", () => newCertificate({ keys: rsa, spki: spkiWithExponent(rsa, 1) }).pem, /exponent 1 |can’t be read/],
  ["RSA with the exponent 3", () => newCertificate({ keys: rsa, spki: spkiWithExponent(rsa, 3) }).pem, /exponent 3 /],
  ["a signature with SHA-1", () => newCertificate({ keys: rsa, signature: "rsa-sha1" }).pem, /MD5 or SHA-1/],
  ["an ECDSA signature with SHA-1", () => newCertificate({ signature: "ecdsa-sha1" }).pem, /MD5 or SHA-1/],
  ["a signature with MD5", () => newCertificate({ keys: rsa, signature: "rsa-md5" }).pem, /MD5 or SHA-1/],
  ["a curve that is not supported", () => newCertificate({ keys: ecKeys("secp256k1") }).pem, /curve that isn’t supported/],
  ["a key that is no key", () => newCertificate({ spki: der(0x30, der(0x30, oid("1.2.3.4")), der(0x03, Buffer.of(0, 1, 2))) }).pem, /can’t be read|must be RSA/],
  ["the same one twice", () => valid.pem + valid.pem, /in the list already/],
  ["33 of them", () => Array.from({ length: maxCertificates + 1 }, () => valid.pem).join(""), /at most 32/],
  ["a private key", () => valid.privateKey, /private key, which was not stored/],
  ["a certificate and its private key", () => valid.pem + privateKeyAs(valid.privateKey, "sec1"), /private key, which was not stored/],
  ["a private key with the label of a certificate", () => valid.privateKey.replaceAll("PRIVATE KEY", "CERTIFICATE"), /private key, which was not stored/],
  ["an RSA key with the label of a certificate", () => privateKeyAs(newCertificate({ keys: rsa }).privateKey, "pkcs1").replaceAll("RSA PRIVATE KEY", "CERTIFICATE"), /private key, which was not stored/],
  ["an encrypted private key", () => privateKeyAs(valid.privateKey, "pkcs8", "secret"), /private key, which was not stored/],
];

describe("UPL-6: hostile certificates are refused in words, quickly, and nothing else happens", () => {
  test("there are more than 30", () => expect(hostile.length).toBeGreaterThan(30));

  test.each(hostile)("UPL-6: %s", (_what, text, message) => {
    const pasted = text();
    const started = performance.now();
    const answer = refused(pasted);
    expect(answer).toMatch(message);
    expect(answer?.length).toBeLessThan(300);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("UPL-6: the answer to a private key says nothing of the key", () => {
    const body = valid.privateKey.split("\n")[1] ?? "";
    expect(refused(valid.privateKey)).not.toContain(body.slice(0, 8));
  });
});

describe("UPL-6: names that mislead are shown neutral", () => {
  const subjectOf = (subject: Uint8Array) => pastedCertificates([], newCertificate({ subject }).pem, now)[0]?.subject;

  test.each([
    ["control characters and line breaks", commonName("Good\nCN=Evil\u0000\u001b[31m"), String.raw`CN=Good\0ACN\=Evil\00\1B[31m`],
    ["characters that turn the direction", commonName("a\u202eb\u2066c"), "CN=a�b�c"],
    ["a BMPString", commonName(Buffer.from("Tür".split("").flatMap((letter) => [letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 0xff])), 0x1e), "CN=Tür"],
    ["HTML", commonName("<b>&\"'"), String.raw`CN=\<b\>&\"'`],
    ["an empty name", der(0x30), "(no name)"],
  ])("UPL-6: %s", (_what, subject, shown) => {
    const answer = subjectOf(subject);
    expect(answer).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(answer?.replaceAll(/\\(?=[<>=])/g, "")).toBe(shown.replaceAll(/\\(?=[<>=])/g, ""));
  });

  test("UPL-6: a long one is cut", () => {
    expect([...(subjectOf(commonName("x".repeat(5_000))) ?? "")]).toHaveLength(200);
  });
});

describe("ORG-10: certificates in any common form are accepted", () => {
  const variants: [string, string][] = [
    ["as it is", valid.pem],
    ["with line ends of Windows", valid.pem.replaceAll("\n", "\r\n")],
    ["with line ends of old Macs", valid.pem.replaceAll("\n", "\r")],
    ["with a byte order mark", `\uFEFF${valid.pem}`],
    ["indented, with blank lines", valid.pem.replaceAll("\n", "\n\n    ")],
    ["with spaces at the ends of lines", valid.pem.replaceAll("\n", "  \t\n")],
    ["in lines of another length", `${lines[0]}\n${lines.slice(1, -1).join("").replaceAll(/.{10}/g, "$&\n")}\n${lines.at(-1)}`],
  ];
  test.each(variants)("%s", (_what, text) => {
    expect(pastedCertificates([], text, now).map(({ pem }) => pem)).toEqual([valid.pem]);
  });

  test("several at once, with RSA, ECDSA and Ed25519, one valid only later", () => {
    const later = newCertificate({ from: daysFromNow(10), keys: ecKeys("P-384") });
    const issued = newCertificate({ keys: rsa, issuer: valid });
    const facts = pastedCertificates([], valid.pem + later.pem + issued.pem, now);
    expect(facts.map(({ key }) => key)).toEqual(["ECDSA P-256", "ECDSA P-384", "RSA 2048"]);
    expect(facts.map((one) => validity(one, now))).toEqual(["valid", "not yet valid", "valid"]);
    expect(facts[2]?.issuer).toBe("CN=Valid");
    expect(facts[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test("one that is in the list is refused, and the wrong one of several is named", () => {
    expect(refused(valid.pem, pastedCertificates([], valid.pem, now))).toBe("CN=Valid is in the list already");
    const expired = newCertificate({ from: daysFromNow(-20), to: daysFromNow(-1) });
    expect(refused(valid.pem + expired.pem)).toMatch(/^Certificate 2 of 2: This certificate expired/);
  });
});

describe("ORG-10: the private key of the access points and its certificate", () => {
  const read = (certificate: string, privateKey: string) => readDeviceCertificate({ certificate, privateKey }, now);
  const ofRsa = newCertificate({ keys: rsa });

  test.each([
    ["PKCS #8", valid.pem, valid.privateKey],
    ["SEC 1", valid.pem, privateKeyAs(valid.privateKey, "sec1")],
    ["SEC 1 behind its parameters", valid.pem, toPem("EC PARAMETERS", oid("1.2.840.10045.3.1.7")) + privateKeyAs(valid.privateKey, "sec1")],
    ["SEC 1 with the label of PKCS #1", valid.pem, privateKeyAs(valid.privateKey, "sec1").replaceAll("EC PRIVATE", "RSA PRIVATE")],
    ["PKCS #1", ofRsa.pem, privateKeyAs(ofRsa.privateKey, "pkcs1")],
    ["PKCS #8 with line ends of Windows", ofRsa.pem, ofRsa.privateKey.replaceAll("\n", "\r\n")],
  ])("%s is accepted, and stored as PKCS #8", (_what, certificate, key) => {
    expect(read(certificate, key).privateKey.trim()).toBe((certificate === valid.pem ? valid : ofRsa).privateKey.trim());
  });

  test("certificates of the issuers may follow the own one", () => {
    const leaf = newCertificate({ issuer: valid });
    expect(read(leaf.pem + valid.pem, leaf.privateKey)).toMatchObject({ chain: leaf.pem + valid.pem, facts: { issuer: "CN=Valid" } });
    expect(refusal(() => read(valid.pem + leaf.pem, leaf.privateKey), "certificate")).toMatch(/another private key/);
  });

  const keys: [string, string, RegExp][] = [
    ["nothing", "", /begins with a line/],
    ["a certificate", valid.pem, /This is a certificate/],
    ["a public key", valid.keys.publicKey.export({ format: "pem", type: "spki" }).toString(), /public key/],
    ["an encrypted key", privateKeyAs(valid.privateKey, "pkcs8", "secret"), /encrypted. Remove its passphrase/],
    ["an encrypted key in the old format", privateKeyAs(ofRsa.privateKey, "pkcs1", "secret"), /encrypted. Remove its passphrase/],
    ["several keys", valid.privateKey + ofRsa.privateKey, /one private key only/],
    ["a key of OpenSSH", toPem("OPENSSH PRIVATE KEY", Buffer.from("openssh-key-v1\0")), /format of OpenSSH/],
    ["damaged bytes", toPem("PRIVATE KEY", Buffer.alloc(200, 7)), /not a private key, or it is damaged/],
    ["RSA with 1024 bits", newCertificate({ keys: rsaKeys(1_024) }).privateKey, /too weak/],
    ["a curve that is not supported", newCertificate({ keys: ecKeys("secp256k1") }).privateKey, /curve/],
    ["1 MB", toPem("PRIVATE KEY", Buffer.alloc(786_432)), /too large/],
  ];
  test.each(keys)("UPL-6: %s is refused beside the private key", (_what, key, message) => {
    expect(refusal(() => read(valid.pem, key), "privateKey")).toMatch(message);
  });

  const certificates: [string, string, RegExp][] = [
    ["one of another key", newCertificate().pem, /another private key/],
    ["one of another kind of key", ofRsa.pem, /another private key/],
    ["one with the key of the first, but not its own", newCertificate({ spki: ofRsa.keys.publicKey.export({ format: "der", type: "spki" }), issuer: valid }).pem, /another private key/],
    ["one that is not valid yet", newCertificate({ keys: valid.keys, from: daysFromNow(3) }).pem, /valid only from/],
    ["an expired one", newCertificate({ keys: valid.keys, from: daysFromNow(-3), to: daysFromNow(-2) }).pem, /expired/],
    ["the private key again", valid.privateKey, /private key, which was not stored/],
  ];
  test.each(certificates)("UPL-6: %s is refused beside the certificate", (_what, certificate, message) => {
    expect(refusal(() => read(certificate, valid.privateKey), "certificate")).toMatch(message);
  });
});

test("ORG-10: reminders are due from 30 and from 7 days before the end, and not after it", () => {
  expect([31, 30, 8, 7, 0.1, -0.1].map((days) => dueReminders(new Date(now.getTime() + days * 86_400_000), now))).toEqual([[], [30], [30], [30, 7], [30, 7], []]);
});

test("CRY-2: what reads private keys writes nothing to the console", () => {
  for (const file of ["lib/kernel/private-key.ts", "lib/kernel/pem.ts", "lib/certificates/rules.ts"]) expect(readFileSync(file, "utf8")).not.toMatch(/console|logError/);
});
