import { defineArea } from "../shared/define-area.ts";

export const siteImports = defineArea({
  name: "site-imports",
  events: {
    "site.import_started": "Started import of sites from {subject}",
    "site.import_undone": "Undid import of sites from {subject}",
    "site.imports_exported": "Exported {subject}",
  },
  constraints: { site_imports_running_key: { message: "Another import of sites is running. Start this one when it is done" } },
  flashMessages: {
    "site-import-read": "List read. Nothing is imported yet",
    "site-import-started": "Import started",
    "site-import-cancelled": "Import cancelled",
    "site-import-undone": "Import undone",
  },
  commands: [{ label: "Import Sites", path: "sites/import", permission: "site.create" }],
  tables: { site_imports: { app: "select, insert, update, delete", worker: "select, update, delete" } },
  organizationRows: { site_imports: "a record of how sites were added" },
  queues: { "site_import.run": { retryLimit: 20, expireInSeconds: 600 } },
  pages: {
    "sites/import": { permission: "site.create" },
    "sites/imports": { permission: "site.create" },
    "sites/imports/[siteImportId]": { permission: "site.create", path: "sites/imports/[siteImport]" },
  },
  downloads: { "sites/imports/download": { permission: "site.create" } },
  actions: {
    createSiteImportAction: {
      permission: "site.create",
      page: "sites/import",
      button: "Preview",
      fields: { csv: "name,country\n{word},DE\n" },
      effect: "added",
      shownOn: "sites/imports",
    },
    startSiteImportAction: { permission: "site.create", page: "sites/imports/[siteImport]", button: "Import 1 Site", target: "siteImport", effect: "none" },
    undoSiteImportAction: { permission: "site.delete", page: "sites/imports/[siteImport]?dialog=undo", button: "Undo Import", target: "siteImport", effect: "deleted" },
  },
  demoTargets: { siteImport: { list: "sites/imports", createdBy: "createSiteImportAction", deletedBy: "undoSiteImportAction" } },
  screenshots: [
    { name: "site-import-new", path: "/orgs/[org]/sites/import" },
    { name: "site-import-error", path: "/orgs/[org]/sites/import", press: "Preview" },
    { name: "site-imports", path: "/orgs/[org]/sites/imports" },
    { name: "site-import", path: "/orgs/[org]/sites/imports/[siteImport]" },
    { name: "site-import-undo", path: "/orgs/[org]/sites/imports/[siteImport]?dialog=undo", viewportOnly: true },
  ],
});
