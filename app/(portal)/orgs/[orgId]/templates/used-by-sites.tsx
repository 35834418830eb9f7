import { TextLink } from "@/components/ui/link";
import { countText } from "@/lib/shared/count-text";
import type { ResolvedSetting, TemplateUse } from "@/lib/templates/rules";

type UsedBySitesProps = {
  use: TemplateUse;
  orgId: string;
  /** The settings that hold variables, with the values of a site. */
  resolve: (variables: Readonly<Record<string, string>>) => ResolvedSetting[];
};

/** The sites that use a template: the first by name with what its variables are there, how many more there are, and which lack a variable. */
export function UsedBySites({ use: { total, sites, lacking }, orgId, resolve }: UsedBySitesProps) {
  if (total === 0) return <p className="text-muted">No site uses it. Choose it on the page of a site.</p>;
  const siteLink = ({ id, name }: { id: string; name: string }, section: string) => <TextLink href={`/orgs/${orgId}/sites/${id}#${section}`}>{name}</TextLink>;
  const more = total - sites.length;
  return (
    <>
      <p>{countText(total, "site")}</p>
      <ul className="grid list-none gap-1 p-0 wrap-anywhere">
        {sites.map((site) => (
          <li key={site.id}>
            {siteLink(site, "rf-template")}
            {resolve(site.variables).map(({ label, text, problem }) => (
              <small key={label} className="block text-muted">
                {label}: {text}
                {problem && <span className="text-bad">. {problem}.</span>}
              </small>
            ))}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-muted">and {more} more</p>}
      {lacking.total > 0 && (
        <div>
          <p>{countText(lacking.total, "site")} without a value for a variable of this template:</p>
          <ul className="mt-1 grid list-none gap-1 p-0 wrap-anywhere">
            {lacking.sites.map((site) => (
              <li key={site.id}>{siteLink(site, "site-variables")}</li>
            ))}
          </ul>
          {lacking.total > lacking.sites.length && <p className="mt-1 text-muted">and {lacking.total - lacking.sites.length} more</p>}
        </div>
      )}
    </>
  );
}
