import * as z from "zod/mini";
import { holdsPrivateKey } from "@/lib/shared/key-material";
import { boundedText, rowId } from "@/lib/shared/text-schemas";

/** Longest text of pasted certificates or of a private key. */
const [maxCertificatesLength, maxKeyLength] = [200_000, 20_000];

export const pastedPrivateKeyMessage = "This holds a private key, which was not stored. Treat it as exposed if it was pasted here by mistake, and paste only certificates";

const pem = (maxLength: number, missing: string) =>
  boundedText(maxLength, { missing, tooLong: `Paste at most ${maxLength.toLocaleString("en")} characters` }).check(z.trim(), z.minLength(1, { error: missing, abort: true }));

const certificates = (missing: string) => pem(maxCertificatesLength, missing).check(z.refine((text) => !holdsPrivateKey(text), pastedPrivateKeyMessage));

const fingerprint = boundedText(95).check(z.regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/));

export const AddRadsecCertificates = z.strictObject({ certificates: certificates("Paste a certificate") });
export const RemoveRadsecCertificate = z.strictObject({ fingerprint });
export const SetDeviceCertificate = z.strictObject({ privateKey: pem(maxKeyLength, "Paste the private key"), certificate: certificates("Paste the signed certificate") });
export const RemoveDeviceCertificate = z.strictObject({ fingerprint });
/** The pending CA certificate, or nothing to ask for one. */
export const RenewAuthority = z.strictObject({ pendingId: z.union([z.literal(""), rowId()]) });
export const GetCertificates = z.object({});
