import { suggestSiteGroups } from "@/lib/site-groups/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(suggestSiteGroups);
