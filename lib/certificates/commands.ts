import "server-only";
import { authorityFacts, replaceAuthority } from "@/lib/certificates/internal";
import {
  certificateNote,
  deviceCertificate,
  deviceCertificatePath,
  deviceKeyName,
  pastedCertificates,
  radsecCertificates,
  radsecPath,
  readDeviceCertificate,
  shortFingerprint,
} from "@/lib/certificates/rules";
import { AddRadsecCertificates, RemoveDeviceCertificate, RemoveRadsecCertificate, RenewAuthority, SetDeviceCertificate } from "@/lib/certificates/schema";
import { command } from "@/lib/kernel/command";
import { changeSettings, lockSettings } from "@/lib/settings/internal";
import { valueAt } from "@/lib/shared/settings/document";
import { AppError, notFoundError } from "@/lib/shared/app-error";

/** Adds pasted certificates to the RadSec certificates; all of them or none. */
export const addRadsecCertificates = command({
  permission: "settings.update",
  input: AddRadsecCertificates,
  async run(scope, { certificates }) {
    const { document } = await lockSettings(scope.tx, scope.actor.orgId);
    const existing = radsecCertificates(document);
    const added = pastedCertificates(existing, certificates, new Date());
    const values = { [radsecPath]: [...existing, ...added].map(({ pem }) => pem) };
    await changeSettings(scope, { values, note: certificateNote("added", added) });
    return { count: added.length };
  },
});

/** Removes a RadSec certificate. */
export const removeRadsecCertificate = command({
  permission: "settings.update",
  input: RemoveRadsecCertificate,
  async run(scope, { fingerprint }) {
    const { document } = await lockSettings(scope.tx, scope.actor.orgId);
    const existing = radsecCertificates(document);
    const removed = existing.filter((one) => one.fingerprint === fingerprint);
    if (removed.length === 0) throw notFoundError("Certificate");
    const left = existing.filter((one) => !removed.includes(one)).map(({ pem }) => pem);
    await changeSettings(scope, { values: { [radsecPath]: left.length > 0 ? left : undefined }, note: certificateNote("removed", removed) });
  },
});

/** Sets the private key of the access points and its certificate, or replaces both. */
export const setDeviceCertificate = command({
  permission: "settings.update",
  input: SetDeviceCertificate,
  async run(scope, input) {
    const { facts, chain, privateKey } = readDeviceCertificate(input, new Date());
    await changeSettings(scope, { values: { [deviceCertificatePath]: chain }, secrets: { [deviceKeyName]: privateKey }, note: certificateNote("set", [facts]) });
  },
});

/** Removes the private key of the access points and its certificate. */
export const removeDeviceCertificate = command({
  permission: "settings.update",
  input: RemoveDeviceCertificate,
  async run(scope, { fingerprint }) {
    const { document } = await lockSettings(scope.tx, scope.actor.orgId);
    const facts = deviceCertificate(document);
    if (!facts || valueAt(document, deviceCertificatePath) === undefined) throw notFoundError("Certificate");
    if (facts.fingerprint !== fingerprint) throw new AppError("conflict", "The certificate was replaced meanwhile. Look at the new one first");
    await changeSettings(scope, { values: { [deviceCertificatePath]: undefined }, secrets: { [deviceKeyName]: null }, note: certificateNote("removed", [facts]) });
  },
});

/** Asks for the next CA certificate, which a job makes; or, once it is there, puts it in the place of the current one. */
export const renewAuthority = command({
  permission: "settings.update",
  input: RenewAuthority,
  async run({ tx, actor, record, enqueue }, { pendingId }) {
    if (pendingId === "") {
      await enqueue("certificate.issue", { orgId: actor.orgId, renew: "yes" });
      await record("certificate_authority.requested", { subject: { id: actor.orgId, label: "" } });
      return { done: "requested" as const };
    }
    const replaced = await replaceAuthority(tx, pendingId);
    if (!replaced) throw new AppError("conflict", "This certificate was applied already, or another one follows. Look at it again");
    const facts = authorityFacts(replaced.certificate);
    await record("certificate_authority.replaced", { subject: { id: pendingId, label: shortFingerprint(facts) }, after: facts });
    return { done: "replaced" as const };
  },
});
