import type * as z from "zod/mini";
import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { type Actor, can } from "@/lib/access/actor";
import type { ListTemplates } from "@/lib/templates/schema";
import type { SearchParams } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import type { TemplateRow } from "./columns";
import { templateKinds, templatePages, type TemplateList } from "./kinds";
import { TemplateTable } from "./template-table";

type Found = { rows: readonly TemplateRow[]; total: number; previous?: string; next?: string };

type TemplateListPageProps = {
  list: TemplateList;
  actor: Actor;
  search: z.output<typeof ListTemplates>;
  query: SearchParams;
  read: (actor: Actor, search: z.output<typeof ListTemplates>) => Promise<Found>;
};

/** The page of the templates of one kind, which leads to the other kinds. */
export async function TemplateListPage({ list, actor, search, query, read }: TemplateListPageProps) {
  const { params, selected } = splitSelection(query);
  const [{ rows, ...page }, views] = await Promise.all([read(actor, search), viewsMenuOf(actor, list, params)]);
  const org = `/orgs/${actor.orgId}`;
  const { title, button } = templateKinds[list];
  const path = `${org}/${list}`;
  const createHref = can(actor, "template.update") ? `${path}/new` : undefined;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Site Configuration", href: `${org}/sites` }}>
        {templatePages.filter((other) => other.path !== list).map((other) => (
          <LinkButton key={other.path} href={`${org}/${other.path}`}>{other.title}</LinkButton>
        ))}
        {createHref && <LinkButton href={createHref} variant="primary">Create {button}</LinkButton>}
      </PageHeader>
      <TemplateTable list={list} rows={rows} params={params} path={path} page={page} views={views} createHref={createHref} />
      <SavedViewDialogs actor={actor} list={list} params={params} dialog={selected.dialog} />
    </>
  );
}
