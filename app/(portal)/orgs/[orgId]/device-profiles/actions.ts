"use server";

import { cloneDeviceProfile, createDeviceProfile, deleteDeviceProfile, updateDeviceProfile } from "@/lib/device-profiles/commands";
import { action } from "@/lib/web/action";

export const createDeviceProfileAction = action(createDeviceProfile, (orgId, { id }) => `/orgs/${orgId}/device-profiles/${id}?notice=device-profile-created`);
export const updateDeviceProfileAction = action(updateDeviceProfile, (orgId, { id }) => `/orgs/${orgId}/device-profiles/${id}?notice=device-profile-saved`);
export const cloneDeviceProfileAction = action(cloneDeviceProfile, (orgId, { id }) => `/orgs/${orgId}/device-profiles/${id}?notice=device-profile-cloned`);
export const deleteDeviceProfileAction = action(deleteDeviceProfile, (orgId) => `/orgs/${orgId}/device-profiles?notice=device-profile-deleted`);
