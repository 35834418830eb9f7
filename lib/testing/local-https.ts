import "reflect-metadata";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import tls from "node:tls";
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import { listenOnFreePort } from "@/lib/integrations/listen-on-free-port";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Creates a self-signed certificate for these names. */
async function newCertificate(names: readonly string[]) {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Local test server",
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value })))],
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, cert: certificate.toString("pem") };
}

/** Starts an HTTPS server for these names on the loopback address, whose certificate this process trusts. */
export async function localHttps(listener: RequestListener, names: readonly string[] = ["localhost"]) {
  const identity = await newCertificate(names);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), identity.cert]);
  return listenOnFreePort(createServer(identity, listener));
}
