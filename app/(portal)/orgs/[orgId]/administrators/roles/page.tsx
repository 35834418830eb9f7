import { IconPath } from "@/components/ui/icon-path";
import { check } from "@/components/ui/icons";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { roleMatrix } from "@/lib/shared/permissions";
import { type Role, roleNames, roles } from "@/lib/shared/roles";
import { orgPage } from "@/lib/web/org-page";

const title = "Roles";

export default orgPage({ permission: "administrator.read", title }, ({ actor }) => (
  <>
    <PageHeader title={title} parent={{ label: "Administrators", href: `/orgs/${actor.orgId}/administrators` }} help="What each role can do." />
    <Sections>
      <Matrix />
      <Section title="Descriptions" description="A role applies to all sites, or to the sites and groups chosen with it.">
        <DescriptionList>
          {roleNames.map((role) => (
            <Description key={role} term={roles[role].label}>
              {roles[role].description}
              {roles[role].alwaysAllSites && " Always has all sites."}
            </Description>
          ))}
        </DescriptionList>
      </Section>
    </Sections>
  </>
));

const head = "sticky left-0 bg-surface text-start font-normal";

function Matrix() {
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface" role="region" aria-label="Permissions by role">
      <table className="w-full min-w-[960px] text-sm [&_:is(th,td)]:border-line [&_:is(th,td)]:px-2 [&_:is(th,td)]:py-2 [&_tr]:not-first:*:border-t">
        <caption className="sr-only">Permissions by role</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} min-w-40 ps-4`}>
              Permission
            </th>
            {roleNames.map((role) => (
              <th key={role} scope="col" className="w-18 align-bottom text-xs/4 font-medium">
                {roles[role].label}
              </th>
            ))}
          </tr>
        </thead>
        {roleMatrix.map(({ title: area, permissions }) => (
          <tbody key={area}>
            <tr>
              <th scope="rowgroup" colSpan={roleNames.length + 1} className="border-t bg-sunken ps-4 text-start text-xs font-medium text-muted">
                {area}
              </th>
            </tr>
            {permissions.map((permission) => (
              <PermissionRow key={permission.name} {...permission} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

type PermissionRowProps = { allows: string; roles: readonly Role[]; needsAllSites?: true };

function PermissionRow({ allows, roles: holders, needsAllSites }: PermissionRowProps) {
  return (
    <tr>
      <th scope="row" className={`${head} ps-4`}>
        {allows.charAt(0).toUpperCase() + allows.slice(1)}
        {needsAllSites && <small className="block text-muted">Only with access to all sites</small>}
      </th>
      {roleNames.map((role) => (
        <td key={role} className="text-center [&_svg]:mx-auto">
          {holders.includes(role) ? (
            <>
              <IconPath d={check} />
              <span className="sr-only">Yes</span>
            </>
          ) : (
            <span className="text-muted">
              <span aria-hidden="true">–</span>
              <span className="sr-only">No</span>
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}
