import { searchOrganization } from "@/lib/search/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(searchOrganization);
