import type { ReactNode } from "react";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import type { WlanTemplate } from "@/lib/wlan-templates/rules";
import { sections } from "./sections";

type AppliedFactsProps = { template: WlanTemplate; parent: { label: string; href: string }; panels: { wlans: ReactNode; variables: ReactNode } };

const namesOf = (places: readonly { name: string }[]) => places.map(({ name }) => name).join(", ") || "None";

/** A WLAN template for people who may not change it. */
export function AppliedFacts({ template: { id, name, applied }, parent, panels }: AppliedFactsProps) {
  return (
    <>
      <PageHeader title={name} parent={parent} help="You can view this WLAN template, but not change it." />
      <Sections contents={sections}>
        <Section {...sections[0]}>
          <DescriptionList>
            <Description term="WLAN Template ID"><code>{id}</code></Description>
          </DescriptionList>
        </Section>
        <Section {...sections[1]}>{panels.wlans}</Section>
        <Section {...sections[2]}>
          <DescriptionList>
            <Description term="Whole organization">{applied.organization ? "Yes" : "No"}</Description>
            <Description term="Site groups">{namesOf(applied.groups)}</Description>
            <Description term="Sites">{namesOf(applied.sites)}</Description>
          </DescriptionList>
        </Section>
        <Section {...sections[3]}>
          <DescriptionList>
            <Description term="Site groups">{namesOf(applied.exceptGroups)}</Description>
            <Description term="Sites">{namesOf(applied.exceptSites)}</Description>
          </DescriptionList>
        </Section>
        <Section {...sections[4]}>{panels.variables}</Section>
      </Sections>
    </>
  );
}
