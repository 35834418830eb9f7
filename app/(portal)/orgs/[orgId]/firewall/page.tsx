import { splitSelection } from "@/components/table/selection";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { brand } from "@/lib/brand";
import { chosenInstance, firewallRules, useLabels } from "@/lib/firewall/rules";
import { ListFirewallRules } from "@/lib/firewall/schema";
import { type Instance, type InstanceCatalog, instanceCatalog, instanceId, ownInstance } from "@/lib/instances";
import { orgPage } from "@/lib/web/org-page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { RuleList } from "./rule-list";
import { rulesText, toRuleRow } from "./rule-row";

const title = "Firewall Requirements";

const ownText = (catalog: InstanceCatalog, own: string) =>
  ownInstance(catalog, own) ? `This portal is ${own}.` : `This portal, ${own}, is not in the list of instances.`;

export default orgPage({ permission: "organization.read", title, search: ListFirewallRules }, async ({ actor, search, query }) => {
  const { params, selected } = splitSelection(query);
  const catalog = instanceCatalog();
  const own = brand().instance;
  const ownId = instanceId({ name: own });
  const instance = chosenInstance(catalog, search.instance, own);
  const rows = firewallRules(catalog, instance, search).map(toRuleRow);
  const choiceOf = (one: Instance) => ({ id: instanceId(one), label: one.name, isOwn: instanceId(one) === ownId });
  const uses = Object.entries(useLabels(catalog)).map(([value, label]) => ({ value, label }));
  const needs = [{ value: "required", label: "Required" }, { value: "recommended", label: "Recommended" }];
  const views = await viewsMenuOf(actor, "firewall", params);
  return (
    <>
      <PageHeader title={title} help="What your devices and browsers must be able to reach.">
        {rows.length > 0 && <CopyButton value={rulesText(rows)} label="rules" inWords />}
      </PageHeader>
      <p className="px-gutter pb-3 text-sm text-muted">
        {ownText(catalog, own)} {instance.name} is hosted by {instance.provider} in {instance.region}, for {instance.serves}.
      </p>
      <RuleList
        rows={rows}
        params={params}
        path={`/orgs/${actor.orgId}/firewall`}
        instance={choiceOf(instance)}
        instances={catalog.instances.map(choiceOf)}
        filters={[{ name: "for", label: "For", options: uses }, { name: "need", label: "Need", options: needs }]}
        views={views}
      />
      <SavedViewDialogs actor={actor} list="firewall" params={params} dialog={selected.dialog} />
    </>
  );
});
