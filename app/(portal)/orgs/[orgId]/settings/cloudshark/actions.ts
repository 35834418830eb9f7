"use server";

import { testCloudShark } from "@/lib/cloudshark/commands";
import { action } from "@/lib/web/action";

export const testCloudSharkAction = action(testCloudShark, (orgId) => `/orgs/${orgId}/settings?notice=cloudshark-accepted#cloudshark`);
