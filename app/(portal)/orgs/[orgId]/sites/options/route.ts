import { listSiteOptions } from "@/lib/sites/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(listSiteOptions);
