import * as z from "zod/mini";
import { SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { splitSelection } from "@/components/table/selection";
import { hrefHere } from "@/components/table/url";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Tag } from "@/components/ui/tag";
import { countText } from "@/lib/shared/count-text";
import { getSiteImport } from "@/lib/site-imports/queries";
import { GetSiteImport } from "@/lib/site-imports/schema";
import { orgPage } from "@/lib/web/org-page";
import { startSiteImportAction, undoSiteImportAction } from "../actions";
import { statusLabels } from "../labels";
import { ImportedList } from "./imported-list";
import { resultOptions, toImportedRow } from "./imported-row";
import { type ImportDetails, Summary } from "./summary";
import { UndoDialog } from "./undo-dialog";

const params = z.object({ siteImportId: z.uuid() });
const search = z.omit(GetSiteImport, { siteImportId: true });

export default orgPage({ permission: "site.create", title: "Import", params, search }, async ({ actor, params: { siteImportId }, search: page, query }) => {
  const details = await getSiteImport(actor, { siteImportId, ...page });
  const sites = `/orgs/${actor.orgId}/sites`;
  const path = `${sites}/imports/${siteImportId}`;
  const { params: shown, selected } = splitSelection(query);
  const { rows, ...place } = details.page;
  return (
    <>
      <PageHeader title={details.fileName} parent={{ label: "Imports", href: `${sites}/imports` }}>
        <Tag kind={statusLabels[details.status].kind}>{statusLabels[details.status].label}</Tag>
        <Buttons orgId={actor.orgId} details={details} undoHref={hrefHere(path, query, { dialog: "undo" })} />
      </PageHeader>
      <Summary details={details} path={path} />
      <ImportedList
        rows={rows.map((row) => toImportedRow(row, details.status))}
        params={shown}
        path={path}
        sitesPath={sites}
        page={{ ...place, noun: place.total === 1 ? "row" : "rows" }}
        filter={{ name: "result", label: "Result", options: resultOptions }}
      />
      {selected.dialog === "undo" && details.status !== "undone" && (
        <UndoDialog actor={actor} siteImportId={siteImportId} name={details.fileName} isRunning={details.status === "running"} closeHref={hrefHere(path, query, { dialog: undefined })} />
      )}
    </>
  );
});

type ButtonsProps = { orgId: string; details: ImportDetails; undoHref: string };

function Buttons({ orgId, details: { id, status, counts }, undoHref }: ButtonsProps) {
  if (status === "undone") return null;
  if (status !== "waiting") return <LinkButton href={undoHref}>Undo Import</LinkButton>;
  const which = <input type="hidden" name="siteImportId" value={id} />;
  return (
    <>
      <ButtonForm action={undoSiteImportAction.bind(null, orgId)}>
        {which}
        <SubmitButton variant="plain">Cancel</SubmitButton>
      </ButtonForm>
      {counts.added > 0 && (
        <ButtonForm action={startSiteImportAction.bind(null, orgId)}>
          {which}
          <SubmitButton>Import {countText(counts.added, "Site")}</SubmitButton>
        </ButtonForm>
      )}
    </>
  );
}
