"use server";

import { updateSettings } from "@/lib/settings/commands";
import { action } from "@/lib/web/action";

export const updateSettingsAction = action(updateSettings, (orgId) => `/orgs/${orgId}/settings?notice=settings-saved`);
