import type { TagKind } from "@/components/ui/tag";
import type { SiteImport } from "@/lib/site-imports/queries";

export const statusLabels: Record<SiteImport["status"], { label: string; kind: TagKind }> = {
  waiting: { label: "Preview", kind: "plain" },
  running: { label: "Running", kind: "info" },
  done: { label: "Done", kind: "ok" },
  failed: { label: "Stopped", kind: "bad" },
  undone: { label: "Undone", kind: "warn" },
};
