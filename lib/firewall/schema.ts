import * as z from "zod/mini";
import { boundedText, filterParam, queryParam, searchTerm } from "@/lib/shared/text-schemas";

const word = boundedText(64);
const maxUses = 100;

export const needs = ["required", "recommended"] as const;

/** The rules to show: of which instance, for which services and devices. */
export const ListFirewallRules = z.object({
  instance: queryParam(word),
  for: filterParam(word, maxUses),
  need: filterParam(z.enum(needs), needs.length),
  search: queryParam(searchTerm(200)),
});

export const fileFormats = ["csv", "json", "nftables", "addresses"] as const;
export const FirewallFormat = z.catch(z._default(z.enum(fileFormats), "csv"), "csv");
