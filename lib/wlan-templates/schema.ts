import * as z from "zod/mini";
import { checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, listParams, nameLines, queryParam, rowId, searchTerm, singleLine } from "@/lib/shared/text-schemas";

const name = singleLine(64, "Enter a name");
const mostPlaces = 500;
const tooMany = `Choose at most ${mostPlaces}`;
const places = z._default(boundedArray(rowId(), mostPlaces, tooMany), []);
const named = nameLines(mostPlaces, tooMany);

export const CreateWlanTemplate = z.strictObject({ name });

/** Where a template is applied; places by name are added to those that are chosen. */
export const UpdateWlanTemplate = z.strictObject({
  templateId: rowId(),
  version: rowVersion,
  name,
  organization: checkbox,
  groups: places,
  groupNames: named,
  sites: places,
  siteNames: named,
  exceptGroups: places,
  exceptGroupNames: named,
  exceptSites: places,
  exceptSiteNames: named,
});

export const GetSiteWlanTemplates = z.object({ siteId: rowId() });

const siteFilter = { templateId: rowId(), search: queryParam(searchTerm(200)), state: queryParam(z.enum(["missing"])) };

/** The sites that a template reaches: all, or those that lack a variable. */
export const ListTemplateSites = z.object({ ...siteFilter, ...listParams });
export const TemplateSitesParams = z.object({ search: siteFilter.search, state: siteFilter.state, ...listParams });
