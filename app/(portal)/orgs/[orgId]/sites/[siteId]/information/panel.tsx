import { TextField } from "@/components/form";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { withCopyButton } from "@/components/ui/form-class";
import type { PanelProps } from "../panels";

/** The id of the site, with a button that copies it. */
export function InformationPanel({ site: { siteId }, updates }: PanelProps) {
  if (!updates) {
    return (
      <DescriptionList>
        <Description term="Site ID"><code>{siteId}</code></Description>
      </DescriptionList>
    );
  }
  return (
    <div className={withCopyButton}>
      <TextField name="siteId" label="Site ID" mono readOnly />
      <CopyButton value={siteId} label="Site ID" />
    </div>
  );
}
