import { exportSites } from "@/lib/sites/commands";
import type { Site } from "@/lib/sites/queries";
import { ExportSites } from "@/lib/sites/schema";
import { countries } from "@/lib/shared/countries";
import { csvDownload } from "@/lib/web/download";

export const GET = csvDownload({
  name: "sites",
  list: exportSites,
  input: ExportSites,
  columns: [
    { title: "Name", value: ({ name }: Site) => name },
    { title: "Country", value: ({ country }) => countries[country] ?? country },
    { title: "Time zone", value: ({ timeZone }) => timeZone },
    { title: "Address", value: ({ streetAddress }) => streetAddress },
    { title: "Site groups", value: ({ groups }) => groups.join(", ") },
    { title: "Site ID", value: ({ id }) => id },
  ],
});
