"use server";

import { addRadsecCertificates, removeDeviceCertificate, removeRadsecCertificate, renewAuthority, setDeviceCertificate } from "@/lib/certificates/commands";
import { action } from "@/lib/web/action";

const settings = (orgId: string, notice: string) => `/orgs/${orgId}/settings?notice=${notice}#certificates`;

export const addRadsecCertificatesAction = action(addRadsecCertificates, (orgId) => settings(orgId, "certificates-added"));

export const removeRadsecCertificateAction = action(removeRadsecCertificate, (orgId) => settings(orgId, "certificate-removed"));

export const setDeviceCertificateAction = action(setDeviceCertificate, (orgId) => settings(orgId, "device-certificate-set"), { recentAuth: true });

export const removeDeviceCertificateAction = action(removeDeviceCertificate, (orgId) => settings(orgId, "device-certificate-removed"));

export const renewAuthorityAction = action(renewAuthority, (orgId, { done }) => settings(orgId, `authority-${done}`));
