"use server";

import { acceptMspRequest, declineMspRequest, endMspOrganization } from "@/lib/msps/commands";
import { accountAction } from "@/lib/web/account-action";

const page = (mspId: unknown, notice: string) => `/msp/${String(mspId)}?notice=${notice}`;

export const acceptMspRequestAction = accountAction(async (self, values) => {
  await acceptMspRequest.fromRaw(self, values);
  return page(values.mspId, "msp-accepted");
});

export const declineMspRequestAction = accountAction(async (self, values) => {
  await declineMspRequest.fromRaw(self, values);
  return page(values.mspId, "msp-declined");
});

export const endMspOrganizationAction = accountAction(async (self, values) => {
  await endMspOrganization.fromRaw(self, values);
  return page(values.mspId, "msp-organization-ended");
});
