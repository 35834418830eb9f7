import type { NextRequest } from "next/server";
import { fileColumns } from "@/components/table/columns";
import { brand } from "@/lib/brand";
import { chosenInstance, type FirewallRule, firewallRules } from "@/lib/firewall/rules";
import { FirewallFormat, ListFirewallRules } from "@/lib/firewall/schema";
import { type Instance, instanceCatalog, instanceId } from "@/lib/instances";
import { refusalOf, requireDownloadContext, valuesIn } from "@/lib/web/endpoint";
import { attachment, csvFile } from "@/lib/web/file-response";
import { fromSearch } from "@/lib/web/page";
import { addressScript } from "../address-script";
import { ruleColumns } from "../columns";
import { nftablesRuleset } from "../nftables";
import { toRuleRow } from "../rule-row";

const textFile = (text: string, name: string, type: string) => new Response(text, { headers: attachment(name, type) });

async function* inOneBatch<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows;
}

const asJson = (instance: Instance, rules: readonly FirewallRule[]) => `${JSON.stringify({ instance: instance.name, provider: instance.provider, region: instance.region, rules }, null, 2)}\n`;

/** The rules that the page shows, as a file for a table, a program or a firewall. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string }> }): Promise<Response> {
  try {
    await requireDownloadContext((await params).orgId);
    const asked = Object.fromEntries(valuesIn(request.nextUrl.searchParams));
    const search = fromSearch(ListFirewallRules, asked);
    const catalog = instanceCatalog();
    const instance = chosenInstance(catalog, search.instance, brand().instance);
    const rules = firewallRules(catalog, instance, search);
    const name = `firewall-${instanceId(instance)}`;
    const format = FirewallFormat.parse(asked.format);
    if (format === "json") return textFile(asJson(instance, rules), `${name}.json`, "application/json");
    if (format === "nftables") return textFile(nftablesRuleset(instance, rules), `${name}.nft`, "text/plain; charset=utf-8");
    if (format === "addresses") return textFile(addressScript(instance, rules), `${name}-addresses.sh`, "text/x-shellscript; charset=utf-8");
    return csvFile(name, fileColumns(ruleColumns, asked), inOneBatch(rules.map(toRuleRow)));
  } catch (error) {
    return refusalOf(error, request);
  }
}
