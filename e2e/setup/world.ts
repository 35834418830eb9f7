import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { throwawayData } from "../../scripts/start/settings.ts";

/** The database behind the journeys, for what no browser can do, such as letting time pass. */
export const worldDatabase = () => ownerUrl(throwawayData(process.env.E2E_PORT));
