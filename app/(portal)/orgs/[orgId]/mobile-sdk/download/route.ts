import { fileColumns } from "@/components/table/columns";
import { exportSdkKeys } from "@/lib/mobile-sdk/commands";
import { ExportSdkKeys } from "@/lib/mobile-sdk/schema";
import { csvDownload } from "@/lib/web/download";
import { sdkKeyColumns } from "../columns";
import { toSdkKeyRow } from "../sdk-key-row";

export const GET = csvDownload({
  name: "sdk-keys",
  input: ExportSdkKeys,
  open: exportSdkKeys,
  row: (sdkKey) => toSdkKeyRow(sdkKey),
  columns: (params) => fileColumns(sdkKeyColumns(""), params),
});
