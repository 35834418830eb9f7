import { CopyButton } from "@/components/ui/copy-button";
import { labelClass } from "@/components/ui/form-class";
import { ManagedServiceProvider } from "../managed-service-provider/facts";
import type { PanelProps } from "../panels";

/** The organization's id, which never changes, and its Managed Service Provider. */
export function OrganizationPanel({ actor }: PanelProps) {
  return (
    <>
      <div>
        <span className={labelClass}>Organization ID</span>
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-sm wrap-anywhere">{actor.orgId}</code>
          <CopyButton value={actor.orgId} label="organization ID" />
        </p>
      </div>
      <ManagedServiceProvider actor={actor} />
    </>
  );
}
