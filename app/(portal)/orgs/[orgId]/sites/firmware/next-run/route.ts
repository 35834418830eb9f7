import { getNextRun } from "@/lib/firmware/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(getNextRun);
