import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { TextLink } from "@/components/ui/link";
import { can } from "@/lib/access/actor";
import { orgPage } from "@/lib/web/org-page";

const title = "Export";

export default orgPage({ permission: "organization.export", title }, ({ actor }) => {
  const settings = `/orgs/${actor.orgId}/settings`;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Settings", href: settings }}>
        <LinkButton href={`${settings}/export/document`} variant="primary" download>
          Download YAML
        </LinkButton>
      </PageHeader>
      <Sections>
        <Section title="The document" description="The organization as one YAML document, to keep, compare or import elsewhere.">
          <ul className="list-disc ps-5 [&>li]:py-0.5">
            <li>Settings</li>
            <li>Site groups, and sites with their groups</li>
            <li>Administrators and pending invitations, with role and site access</li>
          </ul>
          <p>Secrets, keys and IDs are left out: everything is named. The same organization always gives the same document.</p>
          {can(actor, "organization.import") && (
            <p>
              <TextLink href={`${settings}/import`}>Import a document</TextLink>
            </p>
          )}
        </Section>
      </Sections>
    </>
  );
});
