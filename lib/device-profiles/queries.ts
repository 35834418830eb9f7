import "server-only";
import { deviceProfiles } from "@/db/schema";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { query } from "@/lib/kernel/query";
import { templateBatch, templateById, templatePage } from "@/lib/templates/queries";
import { GetTemplate, ListTemplates } from "@/lib/templates/schema";

/** A page of the device profiles with their total number. */
export const listDeviceProfiles = query({
  permission: "template.read",
  input: ListTemplates,
  run: ({ tx }, list) => templatePage(tx, deviceProfiles, list),
});

/** The next batch of an export, in the order of the page. */
export const readDeviceProfileBatch = query({
  permission: "template.read",
  input: ListTemplates,
  run: ({ tx }, list) => templateBatch(tx, deviceProfiles, list),
});

/** One device profile with its settings. */
export const getDeviceProfile = query({
  permission: "template.read",
  input: GetTemplate,
  run: ({ tx }, { templateId }) => templateById(tx, deviceProfiles, deviceProfileKind, templateId),
});
