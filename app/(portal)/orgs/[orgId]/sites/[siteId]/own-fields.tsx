import type { ReactNode } from "react";
import { SelectField, TextField } from "@/components/form";
import { TextLink } from "@/components/ui/link";
import { countries } from "@/lib/shared/countries";
import { textAt, valueAt } from "@/lib/shared/settings/document";
import { listRfTemplateOptions } from "@/lib/site-settings/queries";
import { siteVariablesOf } from "@/lib/site-settings/rules";
import { GroupsField } from "../groups-field";
import { LocationField } from "../location/location-field";
import { locationOptions, siteOptions, suggestionsHref } from "../options";
import { TimeZoneField } from "../time-zone-field";
import { firmwareFields, firmwareValues } from "./firmware/own-fields";
import type { PanelProps } from "./panels";
import { VariablesField } from "./variables/variables-field";
import { VariablesFacts } from "./variables/variables-facts";

type OwnFields = Readonly<Record<string, ReactNode>>;

/** The path of the RF template of the site, or of all of them while it has none. */
const templateHref = (orgId: string, chosen?: { id: string }) => `/orgs/${orgId}/rf-templates${chosen ? `/${chosen.id}` : ""}`;

/** The fields that this page draws itself, by their names; the location draws its coordinates, too. */
export async function ownFields({ actor, times, site: { siteId, document } }: PanelProps): Promise<OwnFields> {
  const { orgId } = actor;
  const { countries: countryOptions, zones, zonesByCountry } = siteOptions(new Date());
  const groupsHref = suggestionsHref(actor);
  const templates = await listRfTemplateOptions(actor, {});
  const options = templates.map(({ id, name }) => ({ value: id, label: name }));
  const chosen = templates.find(({ id }) => id === valueAt(document, "rfTemplate"));
  return {
    country: <SelectField key="country" name="country" label="Country" required placeholder="Choose" options={countryOptions} />,
    timeZone: <TimeZoneField key="timeZone" zones={zones} zonesByCountry={zonesByCountry} country={textAt(document, "country")} />,
    streetAddress: <LocationField key="streetAddress" {...locationOptions(actor)} />,
    rfTemplate: <SelectField key="rfTemplate" name="rfTemplate" label="RF Template" placeholder="None" options={options} hint={<TextLink href={templateHref(orgId, chosen)}>{chosen ? `Open ${chosen.name}` : "RF templates"}</TextLink>} />,
    groups:
      groupsHref === undefined ? (
        <TextField key="groups" name="groups" label="Site groups" readOnly hint="Only administrators with access to all sites can change groups." />
      ) : (
        <GroupsField key="groups" suggestionsHref={groupsHref} />
      ),
    ...firmwareFields(document, times),
    vars: <VariablesField key="vars" importHref={`/orgs/${orgId}/sites/${siteId}?dialog=import-variables`} />,
  };
}

/** The values of those fields for people who may not change them. */
export async function ownValues({ actor, times, site }: PanelProps): Promise<OwnFields> {
  const { document } = site;
  const chosen = valueAt(document, "rfTemplate");
  const templates = chosen === undefined ? [] : await listRfTemplateOptions(actor, {});
  const template = templates.find(({ id }) => id === chosen);
  const code = textAt(document, "country");
  return {
    country: countries[code] ?? code,
    timeZone: textAt(document, "timeZone"),
    rfTemplate: template ? <TextLink href={templateHref(actor.orgId, template)}>{template.name}</TextLink> : "None",
    groups: ((valueAt(document, "groups") ?? []) as string[]).join(", ") || "None",
    ...firmwareValues(document, times),
    vars: <VariablesFacts variables={siteVariablesOf(site)} />,
  };
}
