"use server";

import { startVerification } from "@/lib/audit-chain/commands";
import { action } from "@/lib/web/action";

export const startVerificationAction = action(startVerification, (orgId) => `/orgs/${orgId}/audit-log?dialog=verify&notice=verification-started`);
