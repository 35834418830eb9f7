import { isDatabaseReady } from "@/db/health";
import { isShuttingDown } from "@/lib/web/shutdown";

/** Whether new requests may come here: not stopping, and the database answers with every migration applied. */
export const isReady = async (): Promise<boolean> => !isShuttingDown() && (await isDatabaseReady());

