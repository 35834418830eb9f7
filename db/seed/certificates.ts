import { organizationSecrets, type organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { deviceKeyName } from "@/lib/certificates/rules";
import { encrypt } from "@/lib/kernel/encryption";
import { issueCertificate } from "@/lib/kernel/issue-certificate";
import { secretAad } from "@/lib/settings/rules";

type Owner = { id: string; name: string; domain: string };

/** A RadSec certificate and a certificate of the access points, as settings, and the private key of the latter. */
export async function demoCertificates({ id, name, domain }: Owner, since: Date) {
  const radsec = await issueCertificate({ organization: name, unit: "Network", name: `radsec.${domain}` }, true, since);
  const device = await issueCertificate({ organization: name, unit: "Access points", name: `ap.${domain}` }, false, since);
  const settings: (typeof organizations.$inferInsert)["settings"] = { cacerts: [radsec.certificate], device_cert: { cert: device.certificate } };
  const storeKey = (tx: Tx, setById: string) =>
    tx.insert(organizationSecrets).values({ name: deviceKeyName, encryptedValue: encrypt(device.privateKey, secretAad(id, deviceKeyName)), setAt: since, setById });
  return { settings, storeKey };
}
