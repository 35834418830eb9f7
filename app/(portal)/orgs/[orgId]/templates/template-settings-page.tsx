import { HiddenField, TextField } from "@/components/form";
import { fieldViews } from "@/components/settings/field-view";
import { SettingsFacts } from "@/components/settings/settings-facts";
import type { SectionView } from "@/components/settings/settings-form";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { withCopyButton } from "@/components/ui/form-class";
import { PageHeader } from "@/components/ui/page-header";
import { type Actor, can } from "@/lib/access/actor";
import type { FormAction } from "@/lib/shared/form-state";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { type Template, templateFormValues, type TemplateKind } from "@/lib/templates/rules";
import { deviceTypes, templateKinds, type SectionTemplateList } from "./kinds";
import { TemplateSettingsForm } from "./template-settings-form";

type TemplateSettingsPageProps = {
  actor: Actor;
  list: SectionTemplateList;
  kind: TemplateKind;
  template: Template;
  times: DateTimeOptions;
  action: FormAction;
  /** Sections that show more than settings. */
  further?: readonly SectionView[];
};

/** The page of a template: a form of its sections, or the facts for people who may not change it. */
export function TemplateSettingsPage({ actor, list, kind, template, times, action, further = [] }: TemplateSettingsPageProps) {
  const updates = can(actor, "template.update");
  const { title, one } = templateKinds[list];
  const parent = { label: title, href: `/orgs/${actor.orgId}/${list}` };
  const path = `${parent.href}/${template.id}`;
  const values = templateFormValues(kind, template);
  const own = kind.sectionsOf(template.type).sections.map((section) => ({
    id: section.id,
    title: section.title,
    description: section.description,
    fields: fieldViews(section, { secrets: [] }, times),
    panel: section.id === "information" ? <Identity template={template} updates={updates} label={`${templateKinds[list].button} ID`} /> : undefined,
  }));
  const sections = [...own, ...further];
  if (!updates) {
    return (
      <>
        <PageHeader title={template.name} parent={parent} help={`You can view this ${one}, but not change it.`} />
        <SettingsFacts values={values} sections={sections} />
      </>
    );
  }
  const menu = (
    <>
      <LinkButton href={`${path}?dialog=clone`} variant="quiet">Clone</LinkButton>
      <LinkButton href={`${path}?dialog=delete`} variant="quiet">Delete</LinkButton>
    </>
  );
  return <TemplateSettingsForm list={list} title={template.name} parent={parent} action={action} defaults={values} sections={sections} menu={menu} />;
}

/** What never changes: the id, and the device type of a profile. */
function Identity({ template: { id, type }, updates, label }: { template: Template; updates: boolean; label: string }) {
  const typeFact = type && <Description term="Device type">{deviceTypes.find(({ value }) => value === type)?.label}</Description>;
  if (!updates) {
    return (
      <DescriptionList>
        {typeFact}
        <Description term={label}><code>{id}</code></Description>
      </DescriptionList>
    );
  }
  return (
    <>
      {typeFact && <DescriptionList>{typeFact}</DescriptionList>}
      {type && <HiddenField name="type" value={type} />}
      <div className={withCopyButton}>
        <TextField name="templateId" label={label} mono readOnly />
        <CopyButton value={id} label={label} />
      </div>
    </>
  );
}
