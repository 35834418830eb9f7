import { TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { Tag } from "@/components/ui/tag";
import { can } from "@/lib/access/actor";
import { inBraces } from "@/lib/shared/variables";
import { getSiteWlanTemplates } from "@/lib/wlan-templates/queries";
import type { PanelProps } from "../panels";

const listed = (names: readonly string[]) => names.map(inBraces).join(", ");

/** Which WLAN templates reach the site, and which saved variables are missing, unused or overridden. */
export async function VariablesPanel({ actor, site: { siteId } }: PanelProps) {
  if (!can(actor, "template.read")) return null;
  const { templates, missing, unused, shadowed } = await getSiteWlanTemplates(actor, { siteId });
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      {templates.length === 0 ? (
        <p className="text-muted">No WLAN template is applied to this site.</p>
      ) : (
        <Rows label="WLAN templates of this site">
          {templates.map(({ id, name, missing: lacking, problems }) => (
            <Row key={id} title={<TextLink href={`/orgs/${actor.orgId}/wlan-templates/${id}`}>{name}</TextLink>} facts={problems}>
              {lacking.length > 0 && <Tag kind="warn">Lacks {listed(lacking)}</Tag>}
            </Row>
          ))}
        </Rows>
      )}
      {missing.length > 0 && <p>Used by a template, without a value: {listed(missing)}</p>}
      {unused.length > 0 && <p className="text-muted wrap-anywhere">Not used by a template: {listed(unused)}</p>}
      {shadowed.length > 0 && <p>Overridden by a device profile: {listed(shadowed)}</p>}
    </div>
  );
}
