import "server-only";
import { deviceProfiles } from "@/db/schema";
import { readDeviceProfileBatch } from "@/lib/device-profiles/queries";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { CreateDeviceProfile, UpdateDeviceProfile } from "@/lib/device-profiles/schema";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { addTemplate, copyTemplate, removeTemplate, saveTemplate } from "@/lib/templates/internal";
import { templateById } from "@/lib/templates/queries";
import { CloneTemplate, DeleteTemplate, ExportTemplates } from "@/lib/templates/schema";

/** Creates a device profile in which everything has its default; its type never changes. */
export const createDeviceProfile = command({
  permission: "template.update",
  input: CreateDeviceProfile,
  run: (scope, { name, type }) => addTemplate(scope, deviceProfiles, deviceProfileKind, { name, type }),
});

/** Saves name and settings of a device profile as one change; fails when the version is outdated. */
export const updateDeviceProfile = command({
  permission: "template.update",
  input: UpdateDeviceProfile,
  run: (scope, typed) => saveTemplate(scope, deviceProfiles, deviceProfileKind, typed),
});

/** Creates a copy of a device profile under another name. */
export const cloneDeviceProfile = command({
  permission: "template.update",
  input: CloneTemplate,
  run: (scope, copy) => copyTemplate(scope, deviceProfiles, deviceProfileKind, copy),
});

/** Deletes a device profile. */
export const deleteDeviceProfile = command({
  permission: "template.update",
  input: DeleteTemplate,
  run: async (scope, { templateId }) => removeTemplate(scope, deviceProfiles, deviceProfileKind, await templateById(scope.tx, deviceProfiles, deviceProfileKind, templateId, "update")),
});

const recordExport = command({
  permission: "template.read",
  input: ExportTemplates,
  async run({ actor, record }, { search }) {
    await record("device_profile.exported", { subject: { id: actor.orgId, label: "device profiles" }, after: { search } });
  },
});

/** Streams all device profiles that match a filter in batches, after writing the audit entry of the export. */
export const exportDeviceProfiles = exporting(recordExport, readDeviceProfileBatch);
