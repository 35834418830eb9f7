import { hrefWith } from "@/components/table/url";
import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { listSdkKeys } from "@/lib/mobile-sdk/queries";
import { ListSdkKeys } from "@/lib/mobile-sdk/schema";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { NewKeyDialog } from "./new-key-dialog";
import { SdkKeyList } from "./sdk-key-list";
import { toSdkKeyRow } from "./sdk-key-row";

const title = "Mobile SDK";

export default orgPage({ permission: "sdk_key.read", title, search: ListSdkKeys }, async ({ actor, session, search, query }) => {
  const { params, selected } = splitSelection(query);
  const [{ rows, total, ...page }, views, times] = await Promise.all([listSdkKeys(actor, search), viewsMenuOf(actor, "mobile-sdk", params), timeFormat(session)]);
  const path = `/orgs/${actor.orgId}/mobile-sdk`;
  const createHref = can(actor, "sdk_key.create") ? `${path}/new` : undefined;
  return (
    <>
      <PageHeader title={title} help="Secret keys of the apps that are built with the mobile SDK.">
        {createHref && <LinkButton href={createHref} variant="primary">Create SDK Key</LinkButton>}
      </PageHeader>
      <SdkKeyList
        rows={rows.map((row) => toSdkKeyRow(row, times))}
        params={params}
        path={path}
        page={{ ...page, total, noun: total === 1 ? "SDK key" : "SDK keys" }}
        views={views}
        createHref={createHref}
      />
      {createHref && selected.dialog === "new-key" && <NewKeyDialog session={session} closeHref={hrefWith(path, params, {})} createHref={createHref} />}
      <SavedViewDialogs actor={actor} list="mobile-sdk" params={params} dialog={selected.dialog} />
    </>
  );
});
