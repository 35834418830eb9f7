import { TextLink } from "@/components/ui/link";
import { countText } from "@/lib/shared/count-text";
import type { TemplateUse } from "@/lib/templates/rules";

/** The sites that use a template: the first by name with links, and how many more there are. */
export function UsedBySites({ use: { total, sites }, orgId }: { use: TemplateUse; orgId: string }) {
  if (total === 0) return <p className="text-muted">No site uses it. Choose it on the page of a site.</p>;
  return (
    <>
      <p>{countText(total, "site")}</p>
      <ul className="grid list-none gap-1 p-0 wrap-anywhere">
        {sites.map(({ id, name }) => (
          <li key={id}>
            <TextLink href={`/orgs/${orgId}/sites/${id}#rf-template`}>{name}</TextLink>
          </li>
        ))}
      </ul>
      {total > sites.length && <p className="text-muted">and {total - sites.length} more</p>}
    </>
  );
}
