// Extracts the settings of a site from the published API, by path, for the test that compares ours with them: npm run published-settings -- openapi.json
import { readFileSync, writeFileSync } from "node:fs";

const [source] = process.argv.slice(2);
if (!source) throw new Error("Name the OpenAPI document: npm run published-settings -- openapi.json");

const { schemas } = JSON.parse(readFileSync(source, "utf8")).components;
const target = "lib/testing/published-settings.json";

/** What the portal has sections for. */
const names = `
analytic auto_upgrade ble_config config_auto_revert engagement gateway_mgmt led mxedge mxtunnels occupancy persist_config_on_device proxy report_gatt rogue
rtsa skyatp srx_app ssr status_portal switch_mgmt track_anonymous_devices tunterm_monitoring tunterm_monitoring_disabled uplink_port_config vars wids wifi
zone_occupancy_alert`.trim().split(/\s+/);

const kept = ["type", "enum", "minimum", "maximum", "minItems", "maxItems", "default", "format"];

const resolved = (schema) => (schema.$ref ? resolved(schemas[schema.$ref.split("/").at(-1)]) : schema);

/** A value's type, bounds and default; one that is a number or a text counts as the number. */
function facts(schema) {
  const { items, anyOf, ...own } = resolved(schema);
  const chosen = { ...(anyOf ? resolved(anyOf[0]) : {}), ...own };
  const entries = kept.flatMap((key) => (chosen[key] === undefined ? [] : [[key, chosen[key]]]));
  return { ...Object.fromEntries(entries), ...(items && { items: item(items) }) };
}

function item(schema) {
  const { properties } = resolved(schema);
  return { ...facts(schema), ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, facts(inner)])) }) };
}

function flatten(path, schema) {
  const { properties } = resolved(schema);
  if (!properties) return [[path, facts(schema)]];
  return Object.entries(properties).flatMap(([name, inner]) => flatten(`${path}.${name}`, inner));
}

const { properties } = schemas.site_setting;
const settings = names.flatMap((name) => flatten(name, properties[name]));
writeFileSync(target, `{\n${settings.map(([path, found]) => `  ${JSON.stringify(path)}: ${JSON.stringify(found)}`).join(",\n")}\n}\n`);
console.log(`${settings.length} settings written to ${target}`);
