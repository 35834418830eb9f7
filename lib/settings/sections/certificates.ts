import * as z from "zod/mini";
import { boundedArray, boundedText } from "@/lib/shared/text-schemas";
import { defineSection } from "@/lib/shared/settings/section";

const [maxLength, maxCertificates, maxChainLength] = [24_000, 32, 5];

/** Certificates as they are stored; the server reads them before it stores them. */
const pem = (most: number) =>
  boundedText(maxLength * most).check(z.regex(new RegExp(`^(?:-----BEGIN CERTIFICATE-----\\n[A-Za-z0-9+/=\\n]+-----END CERTIFICATE-----\\n){1,${most}}$`), "Enter a certificate as PEM"));

export const certificates = defineSection({
  id: "certificates",
  title: "Certificates",
  description: "The organization’s own certificate, and those by which access points and RadSec servers trust each other.",
  document: {
    cacerts: boundedArray(pem(1), maxCertificates, `Enter at most ${maxCertificates} certificates`) as unknown as z.ZodMiniType<string[]>,
    "device_cert.cert": pem(maxChainLength),
  },
  labels: {
    cacerts: "RadSec certificates",
    "device_cert.cert": "AP RadSec certificate",
    "device_cert.key": "AP RadSec private key",
  },
});
